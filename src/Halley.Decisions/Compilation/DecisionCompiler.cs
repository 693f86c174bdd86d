using Halley.Data.Expressions;

namespace Halley.Decisions;

/// <summary>A definition to a plan. Notes all problems on the way instead of stopping at the first.</summary>
/// <param name="models">The model of a reference, or null where there is none; itself null where models are not at hand.</param>
sealed partial class DecisionCompiler(DecisionDefinition definition, Func<string, IDecisionModel?>? models)
{
    /// <summary>Actions fit the bits of a mask; steps stay far from the end of the stack.</summary>
    const int MaximumActions = 64;
    const int MaximumNodes = 2000;

    readonly ProblemList problems = new();
    readonly List<NamedSlot> trace = [];
    readonly List<RequiredSlot> required = [];

    public IReadOnlyList<DecisionProblem> Problems => problems.All;

    /// <summary>The plan; only to be used where there are no problems. Null where there is too little to go on.</summary>
    public DecisionPlan? Compile()
    {
        // 1. Names, actions and settings that need no formula.
        CheckNames();
        CheckSettings();
        CheckFallback(definition.Fallback);
        // 2. Steps, models and lanes, each after those it needs.
        var nodes = SortedNodes();
        var scope = new Scope(definition, problems, LearnedQuantile);
        if (nodes is null)
            return null;
        EmitNodes(scope, nodes);
        CheckUsualRanges(scope);
        // 3. The action.
        var rules = CompileRules(scope);
        var lanes = CompileTriage(scope, out var triaged);
        var check = CompileCheck(scope, rules, triaged, out var action);
        // 4. The outputs.
        var outputs = CompileOutputs(scope);
        var deciding = scope.Builder.Build();
        // 5. What moved the scores: a part of its own, run only where a reason is asked for.
        var start = scope.Builder.InstructionCount;
        var reasons = CompileReasons(scope);
        var reasoning = scope.Builder.Build(start);
        return new(definition, deciding, reasoning, action)
        {
            Steps = trace,
            Parts = [.. parts],
            Models = [.. embedded],
            Required = [.. required],
            Limits = [.. limits],
            Rules = [.. rules],
            Lanes = [.. lanes],
            Check = check,
            Outputs = [.. outputs],
            Reasons = [.. reasons],
            // 6. The fallback, apart from all that may fail.
            Table = CompileFallback(nodes),
        };
    }

    void Trace(string name, SlotRef slot, string maker) => trace.Add(new(name, slot, maker));

    /// <summary>Number of an action; −1 after noting that there is none of that name.</summary>
    int ActionOf(string action, string place)
    {
        for (var i = 0; i < definition.Actions.Count; i++)
        {
            if (definition.Actions[i] == action)
                return i;
        }
        problems.Add(
            DecisionCodes.Action,
            $"{place}: there is no action '{action}'. The decision has: {string.Join(", ", definition.Actions)}."
        );
        return -1;
    }

    /// <summary>Bit a for each named action a.</summary>
    ulong MaskOf(IEnumerable<string> actions, string place) =>
        actions
            .Select(action => ActionOf(action, place))
            .Where(action => action >= 0)
            .Aggregate(0UL, (mask, action) => mask | 1UL << action);
}
