using Halley.Data;
using Halley.Kernels;

namespace Halley.Forecasting;

/// <summary>Rolling-origin comparison of forecasters: each is refitted at every origin and sees nothing after it.</summary>
public static class Backtest
{
    /// <summary>Results in order of series, forecaster and origin. Origins that leave a series fewer than two values are left out.</summary>
    /// <exception cref="Data.HalleyException">HLY2304: bad options; HLY2300 to HLY2305: a series can't be fitted.</exception>
    public static IReadOnlyList<BacktestResult> Run(
        IReadOnlyList<TimeSeries> series,
        IReadOnlyList<IForecaster> forecasters,
        BacktestOptions options,
        CancellationToken cancellation = default
    ) => Run(series, forecasters, options, null, cancellation);

    /// <inheritdoc cref="Run(IReadOnlyList{TimeSeries}, IReadOnlyList{IForecaster}, BacktestOptions, CancellationToken)"/>
    /// <param name="progress">Told how many series are done; null for nobody.</param>
    public static IReadOnlyList<BacktestResult> Run(
        IReadOnlyList<TimeSeries> series,
        IReadOnlyList<IForecaster> forecasters,
        BacktestOptions options,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        if (options.Validate() is { Count: > 0 } problems)
            ForecastErrors.ThrowBadOptions("backtest", problems);
        var (results, done) = (new BacktestResult[series.Count][], 0);
        WorkItems.For(
            series.Count,
            options.Threads,
            i =>
            {
                results[i] = [.. forecasters.SelectMany(forecaster => Of(series[i], forecaster, options, cancellation))];
                var count = Interlocked.Increment(ref done);
                progress?.Report(new($"series {count} of {series.Count}", (double)count / series.Count));
            },
            cancellation
        );
        return [.. results.SelectMany(one => one)];
    }

    static IEnumerable<BacktestResult> Of(
        TimeSeries series,
        IForecaster forecaster,
        BacktestOptions options,
        CancellationToken cancellation
    )
    {
        for (var window = options.Windows - 1; window >= 0; window--)
        {
            var known = series.Length - options.Horizon - window * (options.Step ?? options.Horizon);
            if (known < 2)
                continue;
            var past = series.Head(known);
            var forecast = forecaster
                .Fit(past, cancellation)
                .Forecast(options.Horizon, series.FutureAfter(known, options.Horizon));
            var actual = series.Values[known..(known + options.Horizon)];
            yield return new(
                series.Id,
                forecaster.Name,
                known,
                ForecastMeasures.Of(past.Values, series.Season, actual, forecast, options.Level)
            );
        }
    }
}
