using System.Globalization;
using System.Text;

namespace Halley.Cli.Tests;

/// <summary>What <c>halley fit</c> and <c>predict</c> say of data that do not fit a model.</summary>
public class FitTests
{
    const string Model = "data: book\nlearner: glm\ntarget: claims\nfamily: poisson\n";
    const string Split = "split: { column: part }\n";

    [Fact]
    public async Task One_model_that_fails_does_not_stop_the_others_and_every_error_is_told()
    {
        using var folder = Project(
            ("bad", "terms: [{ factor: area }]\n"),
            ("good", "terms: [{ number: age }]\n"),
            ("worse", "terms: [{ number: none }]\n")
        );
        var run = await Command.RunAsync("fit", "--project", folder.Path, "--json");
        Assert.Equal(2, run.Status);
        Assert.Equal("good", Assert.Single(run.Json().GetProperty("fitted").EnumerateArray()).GetProperty("model").GetString());
        Assert.Equal(
            ["bad", "worse"],
            run.Json().GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("model").GetString())
        );
        Assert.Contains("bad: HLY1207", Command.Plain(run.Messages), StringComparison.Ordinal);
        Assert.Contains("worse: HLY3402", Command.Plain(run.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_levels_are_all_told_by_the_row_of_the_data_with_a_rule_that_works()
    {
        const string Terms = "terms: [{ factor: area }, { factor: fuel }]\n";
        using var folder = Project(("glm", Terms));
        var run = await Command.RunAsync("fit", "glm", "--project", folder.Path);
        Assert.Equal(2, run.Status);
        Assert.Contains(
            "field 'area': 1 row has a level that the model has not learned, first row 41 of the data: 'Moon'",
            Command.Plain(run.Messages),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "field 'fuel': 2 rows have levels that the model has not learned, first row 51 of the data: 'wood'",
            Command.Plain(run.Messages),
            StringComparison.Ordinal
        );
        const string Remedy = "rules: { area: { unseen: A }, fuel: { unseen: petrol } }";
        Assert.Contains(Remedy, Command.Plain(run.Messages), StringComparison.Ordinal);

        folder.File("models/glm.yaml", $"model: glm\n{Model}{Terms}{Remedy}\n{Split}");
        var mended = await Command.RunAsync("fit", "glm", "--project", folder.Path);
        Assert.True(mended.Status == 0, mended.Messages);
    }

    [Fact]
    public async Task A_row_without_a_prediction_is_told_with_field_value_and_a_rule_that_works()
    {
        const string Terms = "terms: [{ factor: area }]\n";
        using var folder = Project(("glm", Terms + "rules: { area: { unseen: A } }\n"));
        Assert.Equal(0, (await Command.RunAsync("fit", "--project", folder.Path)).Status);
        var data = folder.File("new.csv", "area,age\nA,30\n,40\nB,30\n");
        string[] predict =
        [
            "predict",
            "glm",
            "--project",
            folder.Path,
            "--data",
            data,
            "--out",
            Path.Combine(folder.Path, "out.csv"),
        ];
        var run = await Command.RunAsync(predict);
        Assert.Equal(2, run.Status);
        Assert.Contains("row 2: the prediction is missing", Command.Plain(run.Messages), StringComparison.Ordinal);
        Assert.Contains("field 'area' is missing", Command.Plain(run.Messages), StringComparison.Ordinal);
        Assert.Contains("rules: { area: { missing: A } }", Command.Plain(run.Messages), StringComparison.Ordinal);

        folder.File("models/glm.yaml", $"model: glm\n{Model}{Terms}rules: {{ area: {{ unseen: A, missing: A }} }}\n{Split}");
        Assert.Equal(0, (await Command.RunAsync("fit", "--project", folder.Path)).Status);
        Assert.Equal(0, (await Command.RunAsync(predict)).Status);
        var sheet = await Command.RunAsync([.. predict[..^1], Path.Combine(folder.Path, "out.docx")]);
        Assert.Contains(
            "out.docx': tables are not written in this format. Name a file that ends with .csv",
            Command.Plain(sheet.Messages),
            StringComparison.Ordinal
        );
    }

    /// <summary>A project whose test rows hold levels that its learn rows lack: area 'Moon' in row 41, fuel 'wood' in rows 51 and 61.</summary>
    static TemporaryFolder Project(params (string Name, string Terms)[] models)
    {
        var text = new StringBuilder("area,fuel,age,claims,part\n");
        for (var i = 0; i < 400; i++)
            text.Append(
                CultureInfo.InvariantCulture,
                $"{(i == 40 ? "Moon" : i % 3 == 0 ? "B" : "A")},{(i is 50 or 60 ? "wood" : i % 4 == 0 ? "diesel" : "petrol")},{18 + i % 50},{(i % 7 == 0 ? 1 : 0)},{(i % 10 == 0 ? "test" : "learn")}\n"
            );
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "models"));
        folder.File("book.csv", text.ToString());
        folder.File("data.yaml", "tables:\n  book: { file: book.csv }\n");
        foreach (var (name, terms) in models)
            folder.File($"models/{name}.yaml", $"model: {name}\n{Model}{terms}{Split}");
        return folder;
    }
}
