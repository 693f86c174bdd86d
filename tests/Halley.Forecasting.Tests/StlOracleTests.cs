using System.Text.Json;

namespace Halley.Forecasting.Tests;

/// <summary>Decompositions by local regression against R.</summary>
public class StlOracleTests
{
    [Fact]
    public void Season_and_trend_are_those_of_the_oracle()
    {
        var seen = 0;
        foreach (var oracle in Oracle.Cases("decomposition").Where(oracle => oracle.Text("method") == "stl"))
        {
            var (series, given) = (Oracle.Series(oracle), oracle.GetProperty("arguments"));
            var window = given.GetProperty("s.window");
            var options = new StlOptions
            {
                SeasonWindow = window.ValueKind == JsonValueKind.Number ? window.GetInt32() : null,
                SeasonDegree = (int)given.NumberOr("s.degree", 0),
                TrendWindow = given.Has("t.window") ? (int)given.Number("t.window") : null,
                Robust = given.Has("robust"),
            };
            var (parts, scale) = (StlDecomposition.Of(series.Values, series.Season, options), series.Values.Average());
            Oracle.Near(oracle.Numbers("seasonal"), parts.Season, 1e-9, $"{series.Id} {given} season", scale);
            Oracle.Near(oracle.Numbers("trend"), parts.Trend, 1e-9, $"{series.Id} {given} trend", scale);
            Oracle.Near(oracle.Numbers("remainder"), parts.Remainder, 1e-9, $"{series.Id} {given} remainder", scale);
            seen++;
        }
        Assert.True(seen >= 20);
    }

    [Fact]
    public void One_and_several_seasons_are_those_of_the_oracle()
    {
        var (one, several) = (0, 0);
        foreach (var oracle in Oracle.Cases("decomposition").Where(oracle => oracle.Text("method") == "mstl"))
        {
            var isLong = !oracle.Has("seasonal");
            var series = isLong ? Hourly.Series(oracle.Text("series")) : Oracle.Series(oracle);
            var (parts, scale) = (MultipleStl.Of(series.Values, isLong ? [24, 168] : series.Seasons), series.Values.Average());
            Assert.NotNull(parts);
            var name = series.Id + " mstl";
            Oracle.Near(oracle.Numbers("trend"), parts.Trend, 1e-9, name + " trend", scale);
            Oracle.Near(oracle.Numbers("remainder"), parts.Remainder, 1e-9, name + " remainder", scale);
            if (!isLong)
            {
                Oracle.Near(oracle.Numbers("seasonal"), parts.Seasons[0], 1e-9, name, scale);
                one++;
                continue;
            }
            Oracle.Near(oracle.Numbers("seasonal24"), parts.Seasons[0], 1e-9, name + " day", scale);
            Oracle.Near(oracle.Numbers("seasonal168"), parts.Seasons[1], 1e-9, name + " week", scale);
            several++;
        }
        Assert.Equal((5, 2), (one, several));
    }
}
