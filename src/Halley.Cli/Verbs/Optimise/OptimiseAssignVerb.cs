using Halley.Data;
using Halley.Optimization;
using Halley.Specs;

namespace Halley.Cli;

/// <summary><c>halley optimise assign SPEC</c></summary>
sealed class OptimiseAssignVerb()
    : OptimiseChoiceVerb(
        "assign",
        "Give every item to one agent within the agents' capacities: claims to handlers, fraud cases to investigators."
    )
{
    protected override ChoiceSpec ReadSpec(string path) => SpecFiles.Assign.Read(path);

    protected override ChoiceProblem ReadProblem(ChoiceSpec spec, Func<string, Table> read) =>
        ChoiceTables.Assignment(spec, read(spec.Options), read(spec.Agents!));
}

/// <summary><c>halley optimise knapsack SPEC</c></summary>
sealed class OptimiseKnapsackVerb()
    : OptimiseChoiceVerb("knapsack", "Take the best items within several limits, or give every item one of its offers.")
{
    protected override ChoiceSpec ReadSpec(string path) => SpecFiles.Knapsack.Read(path);

    protected override ChoiceProblem ReadProblem(ChoiceSpec spec, Func<string, Table> read) =>
        ChoiceTables.Knapsack(spec, read(spec.Options));
}
