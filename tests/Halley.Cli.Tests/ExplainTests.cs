using Halley.Data;
using Halley.Glm;
using Halley.Sources;
using Halley.Statistics;

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

    [Fact]
    public async Task A_glm_is_told_by_coefficients_with_errors_of_the_kind_asked_for_intervals_and_tests()
    {
        using var folder = new TemporaryFolder();
        RatingBook.Write(folder);
        folder.File(
            "models/told.yaml",
            """
            model: told
            data: book.csv
            learner: glm
            target: claims
            family: quasipoisson
            exposure: years
            terms: [{ factor: fuel }, { number: age }]
            inference: { errors: robust, level: 0.9 }
            """
        );
        await RatingBook.JsonAsync(folder, 0, "fit", "told");
        var book = TableReader.Read(Path.Combine(folder.Path, "book.csv"));
        var fit = new GlmTrainer(
            new()
            {
                Family = Family.QuasiPoisson,
                Terms = [new FactorTerm("fuel"), new NumericTerm("age")],
                Errors = ErrorKind.Robust,
                ConfidenceLevel = 0.9,
            }
        ).Fit(
            new()
            {
                Learn = book.With(new ExposureColumn("years", book.Numeric("years").Values.ToArray())),
                Features = ["fuel", "age"],
                Target = "claims",
                Exposure = "years",
            }
        );

        var told = await RatingBook.JsonAsync(folder, 0, "explain", "told");

        Assert.Equal(
            ("quasipoisson", "log", "robust"),
            ((string)told["family"]!, (string)told["link"]!, (string)told["errors"]!)
        );
        var lines = told["lines"]!.AsArray().Where(line => !(bool)line!["is_base"]!).ToList();
        Assert.Equal(fit.Coefficients.Count, lines.Count);
        foreach (var own in fit.Coefficients)
        {
            var line = lines.Single(line => (string)line!["coefficient"]! == own.Name)!;
            Assert.Equal(own.Estimate, (double)line["estimate"]!, 1e-14);
            Assert.Equal(own.StandardError, (double)line["standard_error"]!, 1e-14);
            Assert.Equal(own.Lower, (double)line["lower"]!, 1e-13);
            Assert.Equal(own.Upper, (double)line["upper"]!, 1e-13);
            Assert.Equal(own.Statistic, (double)line["statistic"]!, 1e-10);
            Assert.Equal(own.PValue, (double)line["p_value"]!, 1e-14);
        }
        var text = await Command.RunAsync("explain", "told", "--project", folder.Path);
        Assert.Contains("error (robust)", text.Output);
        Assert.Contains("90 % interval", text.Output);
    }

    [Fact]
    public async Task A_penalised_glm_shows_its_path_and_a_tariff_points_to_its_table()
    {
        using var folder = new TemporaryFolder();
        RatingBook.Write(folder);
        folder.File(
            "models/drawn.yaml",
            """
            model: drawn
            data: book.csv
            learner: glm
            target: claims
            family: poisson
            exposure: years
            terms: [{ factor: fuel }, { factor: doors }, { number: age }]
            penalty: { l1_ratio: 1, path_length: 20 }
            """
        );
        await RatingBook.JsonAsync(folder, 0, "fit", "drawn");

        var drawn = await Command.RunAsync("explain", "drawn", "--project", folder.Path);

        Assert.Contains("held-out deviance", drawn.Output);
        Assert.Contains("taken", drawn.Output);
        Assert.DoesNotContain("estimate / error", drawn.Output);
        var import = await RatingBook.ImportAsync(folder, folder.File("tariff.csv", RatingBook.Tariff("0.1")), "tariff");
        Assert.True(import.Status == 0, import.Messages);
        var refused = await Command.RunAsync("explain", "tariff", "--project", folder.Path);
        Assert.Equal(2, refused.Status);
        Assert.Contains("HLY3311: model 'tariff' (rating) was not fitted as a GLM", Command.Plain(refused.Messages));
        Assert.Contains("'halley rating show' has its relativities", Command.Plain(refused.Messages));
    }

    static string RowOf(int row) => $"{18 + row * 7 % 60},{(row % 3 == 0 ? "North" : "South")},0.5,{(row * 13 % 7 == 0 ? 1 : 0)}";
}
