using System.Globalization;
using System.Text;

namespace Halley.Cli.Tests;

/// <summary><c>halley export MODEL --to r</c></summary>
public class ExportTests
{
    static readonly string[] Regions = ["North", "South", "West"];

    const string Spec = """
        model: claims
        data: ../book.csv
        learner: glm
        target: capped
        family: poisson
        exposure: years
        where: age > 20
        derive:
          capped: min(claims, 2)
          older: age - 20
        terms:
          - factor: region
          - polynomial: older
            degree: 2
          - interaction: [{ factor: region }, { number: older }]
        split: { test_share: 0.2, key: id }
        """;

    [Fact]
    public async Task The_script_refits_the_fitted_model_on_its_learn_rows()
    {
        using var folder = new TemporaryFolder();
        var (project, book) = MakeProject(folder);
        await Passes("fit", "claims", "--project", project);
        var place = Path.Combine(folder.Path, "for-r");
        var run = await Command.RunAsync("export", "claims", "--to", "r", "--out", place, "--project", project, "--json");
        Assert.True(run.Status == 0, run.Messages);
        var rows = run.Json().GetProperty("rows").GetInt32();
        Assert.InRange(rows, 1000, 1700);
        Assert.Equal(Path.Combine(place, "refit.R"), run.Json().GetProperty("script").GetString());
        var (status, output) = RProgram.Run(Path.Combine(place, "refit.R"));
        Assert.True(status == 0, output);
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"{rows} rows, 8 coefficients, 7 of them estimated"),
            output,
            StringComparison.Ordinal
        );

        // Other rows than those of the fit are found before anything is written.
        File.AppendAllText(book, "9999,North,40,1,3\n");
        var refused = await Command.RunAsync("export", "claims", "--to", "r", "--data", book, "--project", project);
        Assert.Equal(1, refused.Status);
        Assert.Contains("HLY3461: model 'claims' was fitted on other data", refused.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_glm_and_only_R()
    {
        using var folder = new TemporaryFolder();
        var (project, _) = MakeProject(folder);
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
            options: { rounds: 5 }
            """
        );
        await Passes("fit", "trees", "--project", project);
        var refused = await Command.RunAsync("export", "trees", "--to", "r", "--project", project);
        Assert.Equal(2, refused.Status);
        Assert.Contains(
            "HLY3460: R can't refit model 'trees': its learner is 'boosting', and only a glm can be written for R.",
            refused.Messages,
            StringComparison.Ordinal
        );
        Assert.Equal(2, (await Command.RunAsync("export", "trees", "--to", "python", "--project", project)).Status);
    }

    [Theory]
    [InlineData("onnx")]
    [InlineData("lightgbm")]
    public async Task Boosted_trees_are_written_read_back_and_compared(string format)
    {
        using var folder = new TemporaryFolder();
        var (project, book) = MakeProject(folder);
        File.WriteAllText(
            Path.Combine(project, "models", "trees.yaml"),
            """
            model: trees
            data: ../book.csv
            learner: boosting
            target: claims
            family: poisson
            exposure: years
            features: [region, older]
            derive: { older: age - 20 }
            options: { rounds: 20 }
            """
        );
        await Passes("fit", "trees", "--project", project);
        var file = Path.Combine(folder.Path, "trees." + format);

        var run = await Command.RunAsync(
            "export",
            "trees",
            "--to",
            format,
            "--out",
            file,
            "--data",
            book,
            "--project",
            project,
            "--json"
        );
        var text = await Command.RunAsync("export", "trees", "--to", format, "--out", file, "--project", project);

        Assert.True(run.Status == 0, run.Output + run.Messages);
        Assert.Equal(2000, run.Json().GetProperty("compared").GetInt32());
        Assert.InRange(run.Json().GetProperty("largest_difference").GetDouble(), 0, 1e-13);
        Assert.Contains("'older' is not a field: compute it first, as age - 20", text.Output);
        Assert.Contains("predictions are for one year; multiply them by 'years'", text.Output);
        await Passes("import", file, "--out", Path.Combine(folder.Path, "copy.hlm"), "--as", "none");
        await Passes("fit", "claims", "--project", project);
        var glm = await Command.RunAsync("export", "claims", "--to", format, "--project", project);
        Assert.Equal(format == "onnx" ? 0 : 2, glm.Status);
        if (format == "onnx")
            Assert.Contains("rows predict the same but for", glm.Output);
        else
            Assert.Contains(
                "HLY3466: model 'claims' is a 'glm', not an ensemble of trees, so LightGBM does not hold it.",
                glm.Messages
            );
    }

    static (string Project, string Book) MakeProject(TemporaryFolder folder)
    {
        var text = new StringBuilder("id,region,age,years,claims\n");
        var random = new Kernels.DeterministicRandom(3);
        for (var i = 0; i < 2000; i++)
        {
            var (region, age) = (random.NextInt(3), 18 + random.NextInt(60));
            var claims = random.NextPoisson(Math.Exp(-0.5 + 0.2 * region - 0.01 * age));
            text.Append(CultureInfo.InvariantCulture, $"{i},{Regions[region]},");
            text.Append(CultureInfo.InvariantCulture, $"{age},{0.1 * (1 + random.NextInt(10)):R},{claims}\n");
        }
        var book = folder.File("book.csv", text.ToString());
        var project = Path.Combine(folder.Path, "project");
        Directory.CreateDirectory(Path.Combine(project, "models"));
        File.WriteAllText(Path.Combine(project, "halley.yaml"), "name: export\n");
        File.WriteAllText(Path.Combine(project, "models", "claims.yaml"), Spec);
        return (project, book);
    }

    static async Task Passes(params string[] arguments)
    {
        var run = await Command.RunAsync(arguments);
        Assert.True(run.Status == 0, $"{string.Join(' ', arguments)}\n{run.Messages}{run.Output}");
    }
}
