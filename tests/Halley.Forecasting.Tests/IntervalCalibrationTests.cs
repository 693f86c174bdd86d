using Halley.Kernels;

namespace Halley.Forecasting.Tests;

public class IntervalCalibrationTests
{
    /// <summary>Random walks whose naive intervals are right: factors near 1; half the true spread told: factors near 2.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(0.5, 2)]
    public void Factors_put_right_what_the_model_says_of_its_spread(double told, double expected)
    {
        var random = new DeterministicRandom(3);
        var series = new List<TimeSeries>();
        for (var i = 0; i < 2000; i++)
        {
            var values = new double[60];
            for (var t = 1; t < values.Length; t++)
                values[t] = values[t - 1] + random.NextNormal();
            series.Add(new() { Id = $"{i}", Values = values });
        }
        var calibration = IntervalCalibration.Learn(
            series,
            new Told(told),
            2,
            cancellation: TestContext.Current.CancellationToken
        );
        Assert.All(calibration.Factors, factor => Assert.InRange(factor / expected, 0.94, 1.06));
        var (lower, upper) = calibration.Interval(SeriesForecast.Normal([10, 10], [1, 1]));
        Assert.Equal(2 * 1.959963984540054 * calibration.Factors[1], upper[1] - lower[1], 9);
    }

    [Fact]
    public void Too_short_series_leave_the_model_as_it_is()
    {
        var calibration = IntervalCalibration.Learn(
            [new() { Id = "short", Values = [1, 2, 3] }],
            new NaiveForecaster(),
            2,
            cancellation: TestContext.Current.CancellationToken
        );
        Assert.Equal([1, 1], calibration.Factors);
    }

    /// <summary>The naive method with a share of its true standard deviation.</summary>
    sealed class Told(double share) : IForecaster
    {
        public string Name => "told";

        public SeriesFit Fit(TimeSeries series, CancellationToken cancellation = default) =>
            new SimpleFit(
                Name,
                series.Values,
                horizon =>
                    SeriesForecast.Normal(
                        [.. Enumerable.Repeat(series.Values[^1], horizon)],
                        [.. Enumerable.Range(1, horizon).Select(h => share * Math.Sqrt(h))]
                    )
            );
    }
}
