using Halley.Data;
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
    ) => Learn(series, forecaster, horizon, [level], threads, null, cancellation)[0];

    /// <summary>As above for several levels, each series fitted once.</summary>
    public static IntervalCalibration[] Learn(
        IReadOnlyList<TimeSeries> series,
        IForecaster forecaster,
        int horizon,
        IReadOnlyList<double> levels,
        int threads,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        var (scores, done) = (new double[]?[series.Count][], 0);
        WorkItems.For(
            series.Count,
            threads,
            i =>
            {
                scores[i] = Scores(series[i], forecaster, horizon, levels, cancellation);
                var count = Interlocked.Increment(ref done);
                progress?.Report(new($"calibrating on series {count} of {series.Count}", (double)count / series.Count));
            },
            cancellation
        );
        return
        [
            .. levels.Select(
                (level, i) =>
                    new IntervalCalibration(level, Learned([.. scores.Select(one => one[i]).OfType<double[]>()], horizon, level))
            ),
        ];
    }

    static double[] Learned(double[][] known, int horizon, double level)
    {
        var factors = new double[horizon];
        for (var h = 0; h < horizon; h++)
        {
            double[] step = [.. known.Select(score => score[h]).Where(double.IsFinite)];
            factors[h] = step.Length == 0 ? 1 : ConformalIntervals.LinearQuantile(step, Rank(step.Length, level));
        }
        return factors;
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

    /// <summary>Errors of the last window by half-widths, shape (levels)(horizon); nulls where there is no such window.</summary>
    static double[]?[] Scores(
        TimeSeries series,
        IForecaster forecaster,
        int horizon,
        IReadOnlyList<double> levels,
        CancellationToken cancellation
    )
    {
        var known = series.Length - horizon;
        if (known < Math.Max(6, series.Season + 2))
            return new double[]?[levels.Count];
        SeriesForecast forecast;
        try
        {
            forecast = forecaster.Fit(series.Head(known), cancellation).Forecast(horizon, series.FutureAfter(known, horizon));
        }
        // A past that can't be fitted says nothing of intervals; the whole series is told of where it is fitted.
        catch (HalleyException failure) when (failure.Kind == FaultKind.BadInput)
        {
            return new double[]?[levels.Count];
        }
        return
        [
            .. levels.Select(level => forecast.HasDistribution ? Ratios(series.Values.AsSpan(known), forecast, level) : null),
        ];
    }

    static double[] Ratios(ReadOnlySpan<double> actual, SeriesForecast forecast, double level)
    {
        var ((lower, upper), ratios) = (forecast.Interval(level), new double[actual.Length]);
        for (var h = 0; h < ratios.Length; h++)
        {
            var error = actual[h] - forecast.Mean[h];
            var half = error < 0 ? forecast.Mean[h] - lower[h] : upper[h] - forecast.Mean[h];
            ratios[h] = error == 0 ? 0 : Math.Abs(error) / half;
        }
        return ratios;
    }
}
