using System.Globalization;
using System.Text;

namespace Halley.Cli.Tests;

/// <summary><c>halley forecast DATA</c> and <c>halley backtest DATA</c></summary>
public sealed class ForecastTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public ForecastTests() => folder.File("claims.csv", Claims(last: 48));

    public void Dispose() => folder.Dispose();

    /// <summary>Two lines of monthly claims with policy years; the rows after <paramref name="last"/> know the years only.</summary>
    static string Claims(int last)
    {
        var text = new StringBuilder("unique_id,ds,y,years\n");
        foreach (var (line, scale) in new[] { ("motor", 1.0), ("home", 0.4) })
        {
            for (var t = 0; t < 54; t++)
            {
                var years = scale * (1000 + 10 * t);
                var claims = Math.Round(0.1 * years * (1 + 0.3 * Math.Sin(t * Math.PI / 6)) + (t * 7 % 5));
                var known = t < last ? claims.ToString(CultureInfo.InvariantCulture) : "";
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{line},{new DateTime(2022, 1, 1).AddMonths(t):yyyy-MM-dd},{known},{years}\n"
                );
            }
        }
        return text.ToString();
    }

    [Fact]
    public async Task Claims_with_exposure_are_forecast_into_a_file_and_a_page()
    {
        var (result, page) = (Path.Combine(folder.Path, "next.csv"), Path.Combine(folder.Path, "next.html"));
        var shown = await RatingBook.JsonAsync(
            folder,
            0,
            ["forecast", "claims.csv", "--horizon", "6", "--exposure", "years", "--out", result, "--report", page]
        );
        Assert.Equal(2, (int)shown["series_count"]!);
        Assert.All(
            shown["series"]!.AsArray(),
            one => Assert.StartsWith("Count(season 12", (string)one!["model"]!, StringComparison.Ordinal)
        );
        var lines = await File.ReadAllLinesAsync(result, TestContext.Current.CancellationToken);
        Assert.Equal("unique_id,ds,step,forecast,lower_80,upper_80,lower_95,upper_95", lines[0]);
        Assert.Equal(13, lines.Length);
        Assert.StartsWith("motor,2026-01-01,1,", lines[1], StringComparison.Ordinal);
        // January: 1,480 years at 0.1, and a season of 1.
        Assert.InRange(double.Parse(lines[1].Split(',')[3], CultureInfo.InvariantCulture), 140, 160);
        var html = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        Assert.Contains("<h3>motor</h3>", html, StringComparison.Ordinal);
        Assert.Equal(2, html.Split("<svg").Length - 1);
    }

    [Fact]
    public async Task Methods_are_compared_on_the_past()
    {
        var shown = await RatingBook.JsonAsync(
            folder,
            0,
            [
                "backtest",
                "claims.csv",
                "--horizon",
                "6",
                "--exposure",
                "years",
                "--methods",
                "count",
                "seasonal-naive",
                "--windows",
                "2",
            ]
        );
        var methods = shown["methods"]!.AsArray();
        Assert.Equal(["count", "seasonal-naive"], methods.Select(one => (string)one!["forecaster"]!));
        Assert.True((double)methods[0]!["mean"]!["mase"]! < (double)methods[1]!["mean"]!["mase"]!);
        Assert.Equal(4, (int)methods[0]!["windows"]!);
    }

    [Theory]
    [InlineData("HLY2310: series 'motor': its exposure 7 steps after the end", "--horizon", "7", "--exposure", "years")]
    [InlineData("HLY7302: there is no method 'magic'", "--horizon", "2", "--method", "magic")]
    [InlineData("HLY7304: --frequency 'moon' is no length of a step", "--horizon", "2", "--frequency", "moon")]
    [InlineData("HLY7303: --levels 100: a level lies between 0 and 100", "--horizon", "2", "--levels", "100")]
    [InlineData("HLY2304: options of 'forecast': horizon: 0 is below 1.", "--horizon", "0")]
    [InlineData("HLY1001", "--horizon", "2", "--value", "claims")]
    public async Task Mistakes_are_named(string message, params string[] options)
    {
        var run = await Command.RunAsync(["forecast", "claims.csv", .. options, "--project", folder.Path]);
        Assert.Equal(2, run.Status);
        Assert.Contains(message, Command.Plain(run.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gaps_are_refused_until_their_rule_is_given()
    {
        folder.File("gaps.csv", "ds,y\n2026-01-01,3\n2026-02-01,4\n2026-04-01,2\n2026-05-01,3\n");
        var run = await Command.RunAsync("forecast", "gaps.csv", "--horizon", "1", "--project", folder.Path);
        Assert.Equal(2, run.Status);
        Assert.Contains(
            "HLY2318: series 'y', 2026-03-01: there is no value",
            Command.Plain(run.Messages),
            StringComparison.Ordinal
        );
        var shown = await RatingBook.JsonAsync(folder, 0, ["forecast", "gaps.csv", "--horizon", "1", "--gaps", "zero"]);
        Assert.Equal(1, (int)shown["filled_steps"]!);
    }
}
