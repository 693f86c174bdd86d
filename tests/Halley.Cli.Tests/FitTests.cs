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

    [Theory]
    [InlineData(
        "9,A,1,0.5,learn\nabc,A,0,0.5,learn\n30,B,0,0.5,learn\n",
        "terms: [{ number: age }]",
        "HLY3409: model 'm' needs numbers, and column 'age' holds text. The first value that is no number is 'abc', row 2:"
    )]
    [InlineData(
        "9,A,1,0.5,test\n40,A,1,0.5,learn\nInf,A,0,0.5,learn\n30,B,0,0.5,learn\n",
        "terms: [{ bands: age, cuts: [20] }]",
        "The first value that is no number is 'Inf', row 3:"
    )]
    [InlineData(
        "9,A,1,none,learn\n40,A,1,0.5,learn\n30,B,0,0.5,learn\n",
        "terms: [{ number: age }]",
        "HLY3404: exposure column 'years' is of kind category; years at risk are numbers. The first value that is no number is 'none', row 1:"
    )]
    [InlineData(
        "9,,1,0.5,learn\n40,,1,0.5,learn\n30,,0,0.5,learn\n",
        "terms: [{ factor: area }]",
        "HLY3403: columns that can't be features: 'area' has no value in any row: leave it out of the model"
    )]
    [InlineData("9,A,1,0.5,learn\n40,B,0,0.5,learn\n", "terms: [{ factor: areas }]", "HLY3402: the data have no column 'areas'")]
    [InlineData("9,A,1,0.5,learn\n40,B,0,0.5,learn\n", "terms: [{ factor: areas }]", "Did you mean 'area'?")]
    [InlineData(
        "9,A,1,0.5,test\n9,A,1,0.5,test\n40,B,0,0.5,learn\n,B,0,0.5,learn\n50,A,1,0.5,learn\n",
        "terms: [{ number: age }]",
        "row 4: the value is missing"
    )]
    public async Task A_mistake_in_the_data_is_told_by_column_row_value_and_remedy(string rows, string terms, string message)
    {
        using var folder = new TemporaryFolder();
        folder.File("halley.yaml", "");
        folder.File("book.csv", "age,area,claims,years,part\n" + rows);
        folder.File(
            "models/m.yaml",
            $"model: m\ndata: book.csv\nlearner: glm\ntarget: claims\nfamily: poisson\nexposure: years\n{terms}\n{Split}"
        );
        foreach (var way in new string[][] { [], ["--stream"] })
        {
            var run = await Command.RunAsync(["fit", "m", "--project", folder.Path, .. way]);
            Assert.Equal(2, run.Status);
            Assert.Contains(message, Command.Plain(run.Messages), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_table_that_sums_equal_rows_gives_the_coefficients_and_errors_of_the_rows()
    {
        using var folder = new TemporaryFolder();
        RatingBook.Write(folder);
        folder.File(
            "data.yaml",
            """
            tables:
              book:
                file: book.csv
                roles: { years: exposure }
              cells:
                sql: SELECT fuel, doors, sum(claims) AS claims, sum(years) AS years FROM book GROUP BY ALL
                roles: { years: exposure }
            """
        );
        foreach (var data in (string[])["book", "cells"])
            folder.File(
                $"models/{data}.yaml",
                $"model: {data}\ndata: {data}\nlearner: glm\ntarget: claims\nfamily: poisson\nexposure: years\n"
                    + "terms: [{ factor: fuel }, { number: doors }]\n"
            );
        await RatingBook.JsonAsync(folder, 0, "fit", "book", "cells");

        var rows = await RatingBook.JsonAsync(folder, 0, "explain", "book");
        var cells = await RatingBook.JsonAsync(folder, 0, "explain", "cells");

        Assert.Equal((2400, 8), ((int)rows["rows"]!, (int)cells["rows"]!));
        foreach (var (row, cell) in rows["lines"]!.AsArray().Zip(cells["lines"]!.AsArray()))
        {
            Assert.Equal((string)row!["coefficient"]!, (string)cell!["coefficient"]!);
            Assert.Equal((double)row["estimate"]!, (double)cell["estimate"]!, 1e-9);
            if (!(bool)row["is_base"]!)
                Assert.Equal((double)row["standard_error"]!, (double)cell["standard_error"]!, 1e-9);
        }
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
