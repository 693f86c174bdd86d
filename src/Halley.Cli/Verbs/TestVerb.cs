using System.CommandLine;
using Halley.Data;
using Halley.Decisions;
using Halley.Registry;
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
        var results = await context.WithProgressAsync(
            "test",
            progress => RunAsync(project, store, named, progress, context.Cancellation)
        );
        if (results.Count == 0)
            throw new HalleyException("HLY7021", "there is no test case. Write some into tests/DECISION.yaml.");
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

    static async Task<List<(string Decision, DecisionTestResult Result)>> RunAsync(
        Project project,
        LocalStore store,
        string[] named,
        IProgress<FitProgress> progress,
        CancellationToken cancellation
    )
    {
        var results = new List<(string Decision, DecisionTestResult Result)>();
        foreach (var (place, name) in named.Index())
        {
            var definition = SpecFiles.Decision.Read(project.SpecPath("decisions", name));
            var cases = Path.Combine(project.Folder, "tests", definition.Name + ".yaml");
            if (!File.Exists(cases))
                continue;
            var part = progress.Part(place / (double)named.Length, (place + 1.0) / named.Length);
            var models = await Releasing.ModelsAsync(store, definition, part.Part(0, 0.5), cancellation);
            var runner = new DecisionTestRunner(new(DecisionPlan.Compile(definition, models)));
            part?.Report(new($"testing {definition.Name}", 0.5));
            results.AddRange(runner.Run(SpecFiles.Tests.Read(cases)).Select(result => (definition.Name, result)));
        }
        return results;
    }
}
