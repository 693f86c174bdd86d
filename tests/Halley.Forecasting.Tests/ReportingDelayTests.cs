using Halley.Data;

namespace Halley.Forecasting.Tests;

public class ReportingDelayTests
{
    [Fact]
    public void Shares_are_those_of_the_chain_ladder_by_hand()
    {
        // Cumulative: 60 90 100, 80 120, 50. Factors: (90 + 120)/(60 + 80) = 1.5, 100/90.
        var shares = ReportedShares.Of([
            [60, 30, 10],
            [80, 40],
            [50],
        ]);
        Assert.Equal(1, shares[2], 12);
        Assert.Equal(0.9, shares[1], 12);
        Assert.Equal(0.9 / 1.5, shares[0], 12);
    }

    [Fact]
    public void Delays_not_yet_past_are_not_looked_at()
    {
        var shares = ReportedShares.Of([
            [60, 30, 10],
            [80, 40, 999],
            [50, 999],
        ]);
        Assert.Equal(0.6, shares[0], 12);
    }

    [Fact]
    public void Young_months_do_not_pull_the_forecast_down()
    {
        // 100 claims each month: 50, 30 and 20 of them are reported in the month, the next, and the one after.
        var (ids, times, delays, values, years) = (
            new List<string>(),
            new List<string>(),
            new List<double>(),
            new List<double>(),
            new List<double>()
        );
        for (var month = 0; month < 24; month++)
        {
            var reported = new[] { 50.0, 30, 20 };
            for (var delay = 0; delay < 3 && month + delay < 24; delay++)
            {
                ids.Add("motor");
                times.Add(new DateTime(2024, 1, 1).AddMonths(month).ToString("yyyy-MM-dd"));
                delays.Add(delay);
                values.Add(reported[delay]);
                years.Add(1000);
            }
        }
        ids.Add("motor");
        times.Add("2026-01-01");
        delays.Add(double.NaN);
        values.Add(double.NaN);
        years.Add(2000);
        Table table = new([
            new TextColumn("unique_id", [.. ids]),
            new TextColumn("ds", [.. times]),
            new NumericColumn("delay", [.. delays]),
            new NumericColumn("y", [.. values]),
            new NumericColumn("years", [.. years]),
        ]);
        var (added, layout) = DelayTable.AddUp(table, new() { Exposure = "years" }, "delay");
        Assert.Equal(25, added.RowCount);
        var known = LongTable.Read(added, layout)[0];
        Assert.Equal([100, 80, 50], known.Series.Values[^3..]);
        Assert.Equal([1000, 800, 500], known.Series.Exposure![^3..].Select(value => Math.Round(value, 9)));
        var fit = new CountForecaster().Fit(known.Series, TestContext.Current.CancellationToken);
        Assert.Equal(200, fit.Forecast(1, known.Future).Mean[0], 6);
    }

    [Fact]
    public void A_delay_that_is_none_is_refused()
    {
        Table table = new([
            new TextColumn("ds", ["2026-01-01", "2026-02-01"]),
            new NumericColumn("delay", [0, -1]),
            new NumericColumn("y", [3, 4]),
        ]);
        var error = Assert.Throws<HalleyException>(() => DelayTable.AddUp(table, new() { Id = null }, "delay"));
        Assert.Contains("column 'delay', row 2: -1 is no number of steps from event to report", error.Message);
    }

    [Fact]
    public void Amounts_are_forecast_per_exposure()
    {
        var series = new TimeSeries
        {
            Id = "amounts",
            Values = [.. Enumerable.Range(0, 20).Select(t => 2.5 * (100 + t))],
            Exposure = [.. Enumerable.Range(0, 20).Select(t => 100.0 + t)],
        };
        var fit = new AutoForecaster().Fit(series, TestContext.Current.CancellationToken);
        Assert.EndsWith("per exposure", fit.Form);
        var forecast = fit.Forecast(2, new() { Exposure = [200, 400] });
        Assert.Equal(500, forecast.Mean[0], 6);
        Assert.Equal(1000, forecast.Mean[1], 6);
    }
}
