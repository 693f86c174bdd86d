using System.Globalization;
using System.Text;

namespace Halley.Cli.Tests;

/// <summary><c>halley data check | profile | generate</c>, and what a bad file is told.</summary>
public class DataVerbTests
{
    [Fact]
    public async Task A_schema_written_for_editing_checks_the_same_file_and_refuses_another()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("book.csv", "region,age,exposure\nNorth,30,0.5\nSouth,40,1\nNorth,50,0.25\n");
        var schema = Path.Combine(folder.Path, "schema.json");
        var run = await Command.RunAsync("data", "check", file, "--write-schema", schema, "--json");
        Assert.Equal(0, run.Status);
        Assert.Equal(3, run.Json().GetProperty("rows").GetInt32());
        Assert.Equal("exposure", run.Json().GetProperty("fields")[2].GetProperty("role").GetString());
        Assert.Equal(0, (await Command.RunAsync("data", "check", file, "--schema", schema)).Status);

        var other = folder.File("other.csv", "region,age,exposure\nNorth,thirty,0.5\nMoon,40,-1\n");
        var refused = await Command.RunAsync("data", "check", other, "--schema", schema);
        Assert.Equal(2, refused.Status);
        // Every problem at once, each with its value.
        Assert.Contains("thirty", refused.Messages, StringComparison.Ordinal);
        Assert.Contains("Moon", refused.Messages, StringComparison.Ordinal);
        Assert.Contains("-1", refused.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_with_a_decimal_comma_are_numbers_where_semicolons_separate()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("book.csv", "area;exposure;rate\nA;0,25;1,5\nB;1;\nA;0,5;-2,25\n");
        var check = await Command.RunAsync("data", "check", file, "--json");
        Assert.True(check.Status == 0, check.Messages);
        Assert.Equal(
            ["category", "exposure", "number"],
            check.Json().GetProperty("fields").EnumerateArray().Select(field => field.GetProperty("kind").GetString())
        );
        Assert.Empty(check.Json().GetProperty("warnings").EnumerateArray());
        var profile = await Command.RunAsync("data", "profile", file, "--json");
        Assert.Equal(1.75, profile.Json().GetProperty("exposure").GetDouble());

        folder.File(
            "data.yaml",
            "tables:\n  book: { file: book.csv, decimal: \",\" }\n  wrong: { file: book.csv, decimal: \".\" }\n"
        );
        var table = await Command.RunAsync("data", "check", "book", "--project", folder.Path, "--json");
        Assert.Equal("exposure", table.Json().GetProperty("fields")[1].GetProperty("kind").GetString());
        var wrong = await Command.RunAsync("data", "check", "wrong", "--project", folder.Path);
        Assert.Contains("warning decimal-comma: 'exposure'", wrong.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_that_look_like_numbers_or_dates_are_warned_of_by_column()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("book.csv", "area,rate,from\nA,\"0,25\",31.12.2024\nB,\"1.000,5\",01.02.2025\n");
        var check = await Command.RunAsync("data", "check", file);
        Assert.True(check.Status == 0, check.Messages);
        Assert.Contains("warning decimal-comma: 'rate'", check.Output, StringComparison.Ordinal);
        Assert.Contains("warning date-format: 'from'", check.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("'area'", check.Output, StringComparison.Ordinal);
        var profile = await Command.RunAsync("data", "profile", file);
        Assert.Contains("warning date-format: 'from'", profile.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_shows_levels_by_exposure_and_what_repeated_means()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("book.csv", "area,exposure,claims\nA,0.25,0\nB,1,1\nA,0.5,0\n");
        var run = await Command.RunAsync("data", "profile", file, "--target", "claims");
        Assert.True(run.Status == 0, run.Messages);
        Assert.Contains("3 rows, 1 of them repeated: equal to an earlier row in area", run.Output, StringComparison.Ordinal);
        // B has more exposure than A, of fewer rows.
        Assert.Contains("area B 1 1 1 area A 2 0.75 0 ", Command.Plain(run.Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_a_header_alone_is_told_so()
    {
        using var folder = new TemporaryFolder();
        var run = await Command.RunAsync("data", "check", folder.File("bare.csv", "area,claims\n"));
        Assert.Equal(2, run.Status);
        Assert.Contains("bare.csv' has a header and no rows", run.Messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b\n1,2\n3\n", "3")]
    [InlineData("", "empty")]
    [InlineData("a,a\n1,2\n", "a")]
    public async Task A_bad_file_ends_with_2_and_says_where(string text, string named)
    {
        using var folder = new TemporaryFolder();
        var run = await Command.RunAsync("data", "check", folder.File("bad.csv", text));
        Assert.Equal(2, run.Status);
        Assert.Contains("bad.csv", run.Messages, StringComparison.Ordinal);
        Assert.Contains(named, run.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_warns_of_a_row_order_that_leaks_the_target()
    {
        using var folder = new TemporaryFolder();
        var text = new StringBuilder("number,region,exposure,claims\n");
        for (var i = 0; i < 2_000; i++)
            text.Append(
                CultureInfo.InvariantCulture,
                $"{i},{(i % 4 == 0 ? "North" : "South")},{(i % 4 == 0 ? 1 : 0.5)},{(i < 200 ? 1 : 0)}\n"
            );
        var run = await Command.RunAsync(
            "data",
            "profile",
            folder.File("book.csv", text.ToString()),
            "--target",
            "claims",
            "--json"
        );
        Assert.True(run.Status == 0, run.Messages);
        Assert.Equal(2_000, run.Json().GetProperty("rows").GetInt32());
        Assert.Contains("number", run.Json().GetProperty("warnings").GetRawText(), StringComparison.Ordinal);
        var shown = await Command.RunAsync("data", "profile", Path.Combine(folder.Path, "book.csv"));
        Assert.Contains("2,000 rows, 0 of them repeated", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_generated_portfolio_says_that_it_is_simulated_and_depends_on_its_seed_alone()
    {
        using var folder = new TemporaryFolder();
        string Place(string name) => Path.Combine(folder.Path, name);
        foreach (var (name, seed) in new[] { ("one", "1"), ("again", "1"), ("two", "2") })
        {
            var run = await Command.RunAsync(
                "data",
                "generate",
                "--policies",
                "10000",
                "--seed",
                seed,
                "--csv",
                "--out",
                Place(name),
                "--json"
            );
            Assert.True(run.Status == 0, run.Messages);
            Assert.True(run.Json().GetProperty("simulated").GetBoolean());
        }
        var claims = await File.ReadAllBytesAsync(
            Path.Combine(Place("one"), "claims.csv"),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(
            claims,
            await File.ReadAllBytesAsync(Path.Combine(Place("again"), "claims.csv"), TestContext.Current.CancellationToken)
        );
        Assert.NotEqual(
            claims,
            await File.ReadAllBytesAsync(Path.Combine(Place("two"), "claims.csv"), TestContext.Current.CancellationToken)
        );
    }
}
