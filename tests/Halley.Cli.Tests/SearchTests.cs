using System.Globalization;
using System.Text;

namespace Halley.Cli.Tests;

/// <summary><c>halley search terms | bands | interactions | consistency</c></summary>
public class SearchTests
{
    const string Spec = """
        # Where the search starts.
        model: claims
        data: ../book.csv
        learner: glm
        target: claims
        family: poisson
        exposure: years
        terms:
          - number: noise
          - factor: region
        split: { test_share: 0.2, key: id }
        """;

    [Fact]
    public async Task A_stepwise_search_prints_each_move_and_writes_a_model_that_fits()
    {
        using var folder = new TemporaryFolder();
        var project = MakeProject(folder);
        var shown = await Command.RunAsync("search", "terms", "claims", "--add", "age", "year", "--project", project);
        Assert.True(shown.Status == 0, shown.Messages);
        Assert.Contains("change of AIC", shown.Output, StringComparison.Ordinal);
        Assert.Contains("- noise  (taken)", shown.Output, StringComparison.Ordinal);
        Assert.Contains("+ ns(age)  (taken)", shown.Output, StringComparison.Ordinal);
        Assert.Contains("found: region, ns(age)", shown.Output, StringComparison.Ordinal);

        var written = Path.Combine(project, "models", "claims-found.yaml");
        var text = await File.ReadAllTextAsync(written, TestContext.Current.CancellationToken);
        Assert.Contains("# Where the search starts.\nmodel: \"claims-found\"", text, StringComparison.Ordinal);
        Assert.Contains(
            "terms:\n  - { factor: region }\n  - { spline: age, degrees_of_freedom: 4 }\nsplit:",
            text,
            StringComparison.Ordinal
        );
        var fit = await Command.RunAsync("fit", "claims-found", "--project", project, "--json");
        Assert.True(fit.Status == 0, fit.Messages);

        // The search's last model is the one that fits: same AIC.
        var json = (
            await Command.RunAsync("search", "terms", "claims", "--add", "age", "year", "--project", project, "--json")
        ).Json();
        var aic = fit.Json()[0]
            .GetProperty("metrics")[0]
            .GetProperty("values")
            .EnumerateArray()
            .First(value => value.GetProperty("name").GetString() == "aic");
        Assert.Equal(aic.GetProperty("value").GetDouble(), json.GetProperty("aic").GetDouble(), 1e-6);
        Assert.Equal(written, json.GetProperty("written").GetString());
    }

    [Fact]
    public async Task Held_out_rows_a_scope_and_kept_terms_steer_a_search()
    {
        using var folder = new TemporaryFolder();
        var project = MakeProject(folder);
        File.WriteAllText(
            Path.Combine(project, "models", "wide.yaml"),
            Spec.Replace("model: claims", "model: wide", StringComparison.Ordinal)
                .Replace("- factor: region", "- bands: age\n    cuts: [30, 60]", StringComparison.Ordinal)
        );
        string[] arguments =
        [
            "search",
            "terms",
            "claims",
            "--scope",
            "wide",
            "--by",
            "held-out",
            "--keep",
            "noise",
            "--folds",
            "4",
        ];
        var run = await Command.RunAsync([
            .. arguments,
            "--out",
            Path.Combine(project, "models", "best.yaml"),
            "--project",
            project,
            "--json",
        ]);
        Assert.True(run.Status == 0, run.Messages);
        Assert.Equal(
            ["noise", "region", "age"],
            run.Json().GetProperty("terms").EnumerateArray().Select(term => term.GetString())
        );
        var first = run.Json().GetProperty("steps")[0];
        Assert.True(first.GetProperty("held_out").GetDouble() > 0);
        Assert.True(first.GetProperty("tried")[0].GetProperty("held_out_change").GetDouble() < 0);
        Assert.True(File.Exists(Path.Combine(project, "models", "best.yaml")));
        var refused = await Command.RunAsync("search", "terms", "claims", "--keep", "moon", "--project", project);
        Assert.Equal(2, refused.Status);
        Assert.Contains("HLY2160", refused.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Candidates_come_ranked_with_the_text_of_their_term()
    {
        using var folder = new TemporaryFolder();
        var project = MakeProject(folder);
        var bands = await Command.RunAsync("search", "bands", "claims", "--add", "age", "--project", project, "--json");
        Assert.True(bands.Status == 0, bands.Messages);
        var best = bands.Json().GetProperty("candidates")[0];
        Assert.StartsWith("{ bands: age, cuts: [", best.GetProperty("term").GetString(), StringComparison.Ordinal);
        Assert.True(best.GetProperty("held_out_change").GetDouble() < 0);
        var pairs = await Command.RunAsync(
            "search",
            "interactions",
            "claims",
            "--add",
            "age",
            "--pairs",
            "3",
            "--project",
            project
        );
        Assert.True(pairs.Status == 0, pairs.Messages);
        Assert.Contains("  1  { interaction: [{ ", pairs.Output, StringComparison.Ordinal);
        Assert.Contains("held-out deviance is by unit of exposure", pairs.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Consistency_is_shown_by_year_and_by_fold()
    {
        using var folder = new TemporaryFolder();
        var project = MakeProject(folder);
        var run = await Command.RunAsync("search", "consistency", "claims", "--by", "year", "--project", project, "--json");
        Assert.True(run.Status == 0, run.Messages);
        var region = run.Json()
            .GetProperty("terms")
            .EnumerateArray()
            .First(term => term.GetProperty("term").GetString() == "region");
        Assert.Equal(4, region.GetProperty("test").GetProperty("degrees").GetDouble());
        Assert.Equal(9, region.GetProperty("effects").GetArrayLength());
        var shown = await Command.RunAsync("search", "consistency", "claims", "--folds", "3", "--project", project);
        Assert.Contains("region (coefficient, error)", shown.Output, StringComparison.Ordinal);
        Assert.Contains("slope", shown.Output, StringComparison.Ordinal);

        // The report has the same figures.
        Assert.Equal(0, (await Command.RunAsync("fit", "claims", "--project", project)).Status);
        var page = Path.Combine(folder.Path, "report.html");
        var report = await Command.RunAsync("report", "claims", "--by", "year", "--out", page, "--project", project);
        Assert.True(report.Status == 0, report.Messages);
        var html = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        var p = region.GetProperty("test").GetProperty("p_value").GetDouble().ToString("G4", CultureInfo.InvariantCulture);
        Assert.Contains("Consistency of claims by year", html, StringComparison.Ordinal);
        Assert.Contains($">{p}<", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_level_without_rows_or_claims_in_a_part_is_told_as_such_and_not_as_one()
    {
        using var folder = new TemporaryFolder();
        folder.File("halley.yaml", "");
        var rows = Enumerable
            .Range(0, 600)
            .Select(row => (Region: row % 3, Year: row / 3 % 2, Claims: row % 7 == 0 ? 1 : 0))
            // West is not there in the first year, and South has no claim in the second.
            .Where(row => row is not { Region: 2, Year: 0 })
            .Select(row => $"{"NSW"[row.Region]},{2024 + row.Year},0.5,{(row is { Region: 1, Year: 1 } ? 0 : row.Claims)}");
        folder.File("book.csv", "region,year,years,claims\n" + string.Join('\n', rows) + "\n");
        folder.File(
            "models/m.yaml",
            "model: m\ndata: book.csv\nlearner: glm\ntarget: claims\nfamily: poisson\nexposure: years\nterms: [{ factor: region }]\nsplit: { test_share: 0.2 }\n"
        );

        var shown = await Command.RunAsync("search", "consistency", "m", "--by", "year", "--project", folder.Path);

        Assert.True(shown.Status == 0, shown.Messages);
        Assert.Contains("W no row", Command.Plain(shown.Output), StringComparison.Ordinal);
        Assert.Contains("no claim", Command.Plain(shown.Output), StringComparison.Ordinal);
        Assert.Equal(0, (await Command.RunAsync("fit", "m", "--project", folder.Path)).Status);
        var page = Path.Combine(folder.Path, "report.html");
        Assert.Equal(0, (await Command.RunAsync("report", "m", "--by", "year", "--out", page, "--project", folder.Path)).Status);
        var html = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        Assert.Contains(">no row<", html, StringComparison.Ordinal);
        Assert.Contains(">no claim<", html, StringComparison.Ordinal);
    }

    static string MakeProject(TemporaryFolder folder)
    {
        string[] regions = ["North", "South", "West"];
        var text = new StringBuilder("id,region,age,noise,year,years,claims\n");
        var random = new Kernels.DeterministicRandom(5);
        for (var i = 0; i < 6000; i++)
        {
            var (region, age, year) = (random.NextInt(3), 18 + random.NextInt(60), 2021 + random.NextInt(3));
            var rate = Math.Exp(-0.5 + 0.3 * region + (age < 30 ? 0.6 : 0));
            text.Append(CultureInfo.InvariantCulture, $"{i},{regions[region]},{age},{random.NextInt(100)},{year},");
            var years = 0.1 * (1 + random.NextInt(10));
            text.Append(CultureInfo.InvariantCulture, $"{years:R},{random.NextPoisson(years * rate)}\n");
        }
        folder.File("book.csv", text.ToString());
        var project = Path.Combine(folder.Path, "project");
        Directory.CreateDirectory(Path.Combine(project, "models"));
        File.WriteAllText(Path.Combine(project, "halley.yaml"), "name: search\n");
        File.WriteAllText(Path.Combine(project, "models", "claims.yaml"), Spec);
        return project;
    }
}
