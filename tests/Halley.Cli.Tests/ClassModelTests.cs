using System.Globalization;
using System.Text;
using Halley.Kernels;

namespace Halley.Cli.Tests;

/// <summary>A model of classes from file to figures, page and a decision with its reasons.</summary>
public class ClassModelTests
{
    [Fact]
    public async Task Two_models_of_classes_are_measured_compared_reported_and_decide_with_reasons()
    {
        using var folder = new TemporaryFolder();
        folder.File("claims.csv", Claims());
        folder.File("data.yaml", "tables:\n  claims:\n    file: claims.csv\n");
        foreach (var (name, features) in new[] { ("full", "[age, region]"), ("poor", "[region]") })
            folder.File(
                $"models/{name}.yaml",
                $"model: {name}\ndata: claims\nlearner: boosting\ntarget: kind\nobjective: multiclass\nfeatures: {features}\n"
                    + "split: { test_share: 0.3 }\noptions: { rounds: 30, minimum_leaf_rows: 10, minimum_leaf_hessian: 1 }\n"
            );
        folder.File(
            "decisions/route.yaml",
            """
            decision: route
            inputs:
              id: { kind: text, role: id }
              age: { kind: number }
              region: { kind: category, levels: [north, south], unseen: missing }
            models:
              kind: full@latest
            outputs:
              kind: { value: kind, kind: category }
              theft: { value: kind.p_theft }
            reasons:
              - { name: young, field: age, model: kind, class: theft, reference: 70, text: "at {age:0} theft is likelier" }
            """
        );
        await Passes(folder, "fit", "full");
        await Passes(folder, "fit", "poor");

        var evaluated = await Passes(folder, "evaluate", "full");
        Assert.Contains("each class against the rest", evaluated.Output, StringComparison.Ordinal);
        Assert.Contains("told theft", evaluated.Output, StringComparison.Ordinal);
        Assert.Contains("calibration: bands by rising probability", evaluated.Output, StringComparison.Ordinal);
        var figures = (await Passes(folder, "evaluate", "full", "--json")).Json();
        Assert.Equal(10, figures.GetProperty("classes")[1].GetProperty("bands").GetArrayLength());

        var compared = await Passes(folder, "compare", "full", "poor");
        Assert.Contains("log loss against the first", compared.Output, StringComparison.Ordinal);
        Assert.Contains("AUC against the first", compared.Output, StringComparison.Ordinal);
        var pair = (await Passes(folder, "compare", "full", "poor", "--json")).Json().GetProperty("models")[1];
        Assert.True(pair.GetProperty("againstFirst").GetProperty("logLoss").GetProperty("lower").GetDouble() > 0);

        var page = Path.Combine(folder.Path, "page.html");
        await Passes(folder, "report", "full", "poor", "--out", page);
        var html = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        foreach (
            var words in new[]
            {
                "Probability of theft by poor",
                "theft: poor against full",
                "Share of water by age",
                "told fire",
                "theft by age, full",
                "factor on the odds of water",
            }
        )
            Assert.Contains(words, html, StringComparison.Ordinal);

        var request = folder.File("young.json", """{"id": "1", "age": 20, "region": "north"}""");
        var decided = await Passes(folder, "decide", "route", "--input", request);
        Assert.Contains("at 20 theft is likelier", decided.Output, StringComparison.Ordinal);
    }

    static string Claims()
    {
        var (random, text) = (new DeterministicRandom(3), new StringBuilder("age,region,kind\n"));
        for (var row = 0; row < 1500; row++)
        {
            var (age, isNorth, u) = (18 + random.NextInt(60), random.NextInt(2) == 0, random.NextDouble());
            var kind =
                u < (isNorth ? 0.4 : 0.2) ? "fire"
                : random.NextDouble() < (age < 40 ? 0.8 : 0.1) ? "theft"
                : "water";
            text.Append(CultureInfo.InvariantCulture, $"{age},{(isNorth ? "north" : "south")},{kind}\n");
        }
        return text.ToString();
    }

    static async Task<CommandRun> Passes(TemporaryFolder folder, params string[] arguments)
    {
        var run = await Command.RunAsync([.. arguments, "--project", folder.Path]);
        Assert.True(run.Status == 0, $"halley {string.Join(' ', arguments)} ended with {run.Status}: {run.Messages}{run.Output}");
        return run;
    }
}
