using System.CommandLine;
using Halley.Decisions;
using Halley.Specs;

namespace Halley.Cli;

/// <summary><c>halley test</c>: unit tests of decisions.</summary>
sealed class TestVerb() : Verb("test", "Run the test cases of decisions; a failure shows which step differs.")
{
    readonly Argument<string[]> decisions = new("decision")
    {
        Description = "Decisions to test. All of the project's where none is named.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    protected override IEnumerable<Symbol> Symbols => [decisions];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        var named = context.Arguments.GetValue(decisions) is { Length: > 0 } given ? given : [.. project.DecisionFiles()];
        await using var store = project.OpenStore();
        var results = new List<(string Decision, DecisionTestResult Result)>();
        foreach (var name in named)
        {
            var definition = SpecFiles.Decision.Read(project.SpecPath("decisions", name));
            var cases = Path.Combine(project.Folder, "tests", definition.Name + ".yaml");
            if (!File.Exists(cases))
                continue;
            var plan = DecisionPlan.Compile(definition, await Releasing.ModelsAsync(store, definition, context.Cancellation));
            results.AddRange(
                new DecisionTestRunner(new(plan)).Run(SpecFiles.Tests.Read(cases)).Select(result => (definition.Name, result))
            );
        }
        if (results.Count == 0)
            throw new Data.HalleyException("HLY7021", "there is no test case. Write some into tests/DECISION.yaml.");
        var failed = results.Where(pair => !pair.Result.Passed).ToList();
        context.Output.Write(
            new
            {
                Passed = results.Count - failed.Count,
                Failed = failed.Count,
                Cases = results.Select(pair => new
                {
                    pair.Decision,
                    pair.Result.Name,
                    pair.Result.Passed,
                    Differences = pair.Result.Differences.Select(one => one.ToString()),
                }),
            },
            console =>
            {
                foreach (var (decision, result) in failed)
                    console.WriteLine($"{decision}: {result.Report()}");
                console.WriteLine($"{results.Count - failed.Count} passed, {failed.Count} failed");
            }
        );
        return failed.Count == 0 ? ExitStatus.Passed : ExitStatus.CheckFailed;
    }
}
