using Halley.Kernels;

namespace Halley.Forecasting;

/// <summary>Widens or narrows model intervals by what they missed on the past of many series, step by step.</summary>
/// <remarks>
/// Each series' last window is forecast from what came before it; the factor of a step is the quantile, over series, of
/// |y − f| / half-width. Short series borrow from each other what none of them can tell alone. Source: split conformal prediction
/// with normalised scores, Lei et al. (2018), J. Am. Stat. Assoc. 113(523), 1094–1111.
/// </remarks>
public sealed class IntervalCalibration
{
    readonly double[] factors;

    IntervalCalibration(double level, double[] factors) => (Level, this.factors) = (level, factors);

    public double Level { get; }

    /// <summary>Shape (horizon): what half-widths are multiplied by.</summary>
    public IReadOnlyList<double> Factors => factors;

    /// <summary>Learns factors from the last window of each series long enough to hold one; 1 where there are none.</summary>
    /// <param name="threads">0 for all processors.</param>
    public static IntervalCalibration Learn(
        IReadOnlyList<TimeSeries> series,
        IForecaster forecaster,
        int horizon,
        double level = 0.95,
        int threads = 0,
        CancellationToken cancellation = default
    )
    {
        var scores = new double[]?[series.Count];
        WorkItems.For(
            series.Count,
            threads,
            i => scores[i] = Scores(series[i], forecaster, horizon, level, cancellation),
            cancellation
        );
        var known = scores.OfType<double[]>().ToArray();
        var factors = new double[horizon];
        for (var h = 0; h < horizon; h++)
        {
            double[] step = [.. known.Select(score => score[h]).Where(double.IsFinite)];
            factors[h] = step.Length == 0 ? 1 : ConformalIntervals.LinearQuantile(step, Rank(step.Length, level));
        }
        return new(level, factors);
    }

    /// <summary>The calibrated interval of a forecast of at most the learned horizon.</summary>
    public (double[] Lower, double[] Upper) Interval(SeriesForecast forecast)
    {
        var (lower, upper) = forecast.Interval(Level);
        for (var h = 0; h < lower.Length; h++)
        {
            var (mean, factor) = (forecast.Mean[h], factors[Math.Min(h, factors.Length - 1)]);
            (lower[h], upper[h]) = (mean - factor * (mean - lower[h]), mean + factor * (upper[h] - mean));
        }
        return (lower, upper);
    }

    /// <summary>The finite-sample rank (n + 1)·level of n scores, as a share.</summary>
    static double Rank(int count, double level) => Math.Min(1, (count + 1) * level / count);

    static double[]? Scores(TimeSeries series, IForecaster forecaster, int horizon, double level, CancellationToken cancellation)
    {
        var known = series.Length - horizon;
        if (known < Math.Max(6, series.Season + 2))
            return null;
        var forecast = forecaster.Fit(series.Head(known), cancellation).Forecast(horizon, series.FutureAfter(known, horizon));
        var (lower, upper) = forecast.Interval(level);
        return
        [
            .. Enumerable
                .Range(0, horizon)
                .Select(h =>
                {
                    var error = series.Values[known + h] - forecast.Mean[h];
                    var half = error < 0 ? forecast.Mean[h] - lower[h] : upper[h] - forecast.Mean[h];
                    return error == 0 ? 0 : Math.Abs(error) / half;
                }),
        ];
    }
}
