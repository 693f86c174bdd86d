using Halley.Data;

namespace Halley.Forecasting.Tests;

public class BacktestTests
{
    static readonly TimeSeries Counts = new() { Id = "counts", Values = [2, 4, 6, 4, 8, 10, 9, 12] };

    [Fact]
    public void Measures_are_those_worked_out_by_hand()
    {
        // Past 2 4 6 4: mean |difference| 2, mean square 4. Forecast 4 4 against 8 10: errors 4 and 6.
        var forecast = SeriesForecast.Normal([4, 4], [1, 1]);
        var measures = ForecastMeasures.Of([2, 4, 6, 4], 1, [8, 10], forecast);
        Assert.Equal(200 * (4.0 / 12 + 6.0 / 14) / 2, measures.Smape, 12);
        Assert.Equal(100 * (4.0 / 8 + 6.0 / 10) / 2, measures.Mape, 12);
        Assert.Equal(2.5, measures.Mase, 12);
        Assert.Equal(Math.Sqrt(26.0 / 4), measures.Rmsse, 12);
        Assert.Equal(-2.5, measures.Bias, 12);
        Assert.Equal(0, measures.Coverage);
        const double Z = 1.959963984540054;
        Assert.Equal((2 * Z + 40 * (5 - Z)) / 2, measures.Msis, 9);
    }

    [Fact]
    public void Each_origin_sees_only_its_past()
    {
        var results = Backtest.Run(
            [Counts],
            [new NaiveForecaster(), new MeanForecaster()],
            new() { Horizon = 2, Windows = 3 },
            TestContext.Current.CancellationToken
        );
        Assert.Equal([2, 4, 6, 2, 4, 6], results.Select(result => result.Known));
        Assert.Equal(["naive", "naive", "naive", "mean", "mean", "mean"], results.Select(result => result.Forecaster));
        Assert.Equal(-2.5, results[1].Measures.Bias, 12);
    }

    [Fact]
    [Trait("Category", "Determinism")]
    public void Threads_change_no_bit()
    {
        TimeSeries[] series =
        [
            .. Enumerable
                .Range(0, 20)
                .Select(i => Counts with { Id = $"{i}", Values = [.. Counts.Values.Select(value => value + i)] }),
        ];
        IForecaster[] forecasters = [new CombinationForecaster(new EtsForecaster(), new ThetaForecaster())];
        var one = Backtest.Run(series, forecasters, new() { Horizon = 2, Threads = 1 }, TestContext.Current.CancellationToken);
        var four = Backtest.Run(series, forecasters, new() { Horizon = 2, Threads = 4 }, TestContext.Current.CancellationToken);
        Assert.Equal(one, four);
        Fingerprint.Record("backtest", one.Select(result => result.Measures.Mase).ToArray());
    }

    [Fact]
    public void All_bad_options_are_named_at_once()
    {
        var error = Assert.Throws<HalleyException>(() => Backtest.Run([Counts], [], new() { Horizon = 0, Windows = 0 }));
        Assert.Equal("HLY2304: options of 'backtest': horizon: 0 is below 1. windows: 0 is below 1.", error.Message);
    }

    [Fact]
    public void Bits_do_not_depend_on_the_vector_width() => NarrowRuns.AssertEqualBits();
}
