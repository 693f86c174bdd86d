namespace Halley.Cli.Tests;

/// <summary><c>halley explain MODEL --what …</c></summary>
public class ExplainTests
{
    [Fact]
    public async Task Every_kind_of_explanation_is_written()
    {
        using var folder = new TemporaryFolder();
        var project = Path.Combine(folder.Path, "project");
        Directory.CreateDirectory(Path.Combine(project, "models"));
        var book = Path.Combine(folder.Path, "book.csv");
        File.WriteAllLines(book, ["age,region,years,claims", .. Enumerable.Range(0, 900).Select(RowOf)]);
        File.WriteAllText(
            Path.Combine(project, "models", "trees.yaml"),
            """
            model: trees
            data: ../book.csv
            learner: boosting
            target: claims
            family: poisson
            exposure: years
            features: [region, age]
            options: { rounds: 5, minimum_leaf_rows: 20 }
            """
        );
        Assert.Equal(0, (await Command.RunAsync("fit", "trees", "--project", project)).Status);
        foreach (
            var (what, lines, more) in new[]
            {
                ("shap", 4 * 8, new[] { "--background", book }),
                ("shap", 4 * 8, []),
                ("interactions", 3 * 8, []),
                ("importance", 2 * 4, []),
                ("dependence", -1, []),
            }
        )
        {
            var file = Path.Combine(folder.Path, what + ".csv");
            var run = await Command.RunAsync([
                .. new[] { "explain", "trees", "--what", what, "--data", book, "--rows", "8", "--out", file, "--json" },
                .. more,
                "--project",
                project,
            ]);

            Assert.True(run.Status == 0, run.Messages);
            Assert.Equal(8, run.Json().GetProperty("rows").GetInt32());
            if (lines > 0)
                Assert.Equal(lines, run.Json().GetProperty("lines").GetInt32());
            Assert.Equal(run.Json().GetProperty("lines").GetInt32() + 1, File.ReadAllLines(file).Length);
        }
        var text = Path.Combine(folder.Path, "trees.txt");
        Assert.Equal(
            0,
            (await Command.RunAsync("explain", "trees", "--what", "trees", "--out", text, "--project", project)).Status
        );
        Assert.StartsWith("base score ", File.ReadAllText(text), StringComparison.Ordinal);
        var refused = await Command.RunAsync("explain", "trees", "--project", project);
        Assert.NotEqual(0, refused.Status);
        Assert.Contains("HLY7083: halley explain --what shap needs rows", refused.Messages, StringComparison.Ordinal);
    }

    static string RowOf(int row) => $"{18 + row * 7 % 60},{(row % 3 == 0 ? "North" : "South")},0.5,{(row * 13 % 7 == 0 ? 1 : 0)}";
}
