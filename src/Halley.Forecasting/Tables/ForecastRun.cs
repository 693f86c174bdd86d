using Halley.Data;
using Halley.Kernels;

namespace Halley.Forecasting;

/// <summary>Forecasts of many series by one method, with intervals.</summary>
public sealed class ForecastRun
{
    ForecastRun(IReadOnlyList<KnownSeries> series, IReadOnlyList<SeriesOutlook> outlooks, IReadOnlyList<double> levels) =>
        (Series, Outlooks, Levels) = (series, outlooks, levels);

    public IReadOnlyList<KnownSeries> Series { get; }

    /// <summary>One of each series.</summary>
    public IReadOnlyList<SeriesOutlook> Outlooks { get; }

    /// <summary>Levels of the intervals, ascending, each in (0, 1).</summary>
    public IReadOnlyList<double> Levels { get; }

    /// <summary>Fits and forecasts every series.</summary>
    /// <exception cref="HalleyException">HLY2300 to HLY2311: series that can't be fitted, all at once; HLY2304: bad options.</exception>
    public static ForecastRun Of(
        IReadOnlyList<KnownSeries> series,
        IForecaster forecaster,
        ForecastRunOptions options,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        if (options.Validate() is { Count: > 0 } problems)
            ForecastErrors.ThrowBadOptions("forecast", problems);
        var levels = options.Levels.Order().ToArray();
        // 1. What intervals missed on the last window of each series, where there are enough series to learn from.
        var isCalibrated = options.Calibrate ?? series.Count >= ForecastRunOptions.EnoughSeries;
        var calibrations = isCalibrated ? Calibrations(series, forecaster, options, levels, progress, cancellation) : [];
        // 2. Every series.
        var (outlooks, failures) = (new SeriesOutlook[series.Count], new HalleyException?[series.Count]);
        var done = 0;
        WorkItems.For(
            series.Count,
            options.Threads,
            i =>
            {
                try
                {
                    outlooks[i] = SeriesOutlook.Of(series[i], forecaster, options, levels, calibrations, cancellation);
                }
                catch (HalleyException failure) when (failure.Kind == FaultKind.BadInput)
                {
                    failures[i] = failure;
                }
                var count = Interlocked.Increment(ref done);
                progress?.Report(
                    new(
                        $"series {count} of {series.Count}",
                        (isCalibrated ? 0.5 : 0) + (isCalibrated ? 0.5 : 1) * count / series.Count
                    )
                );
            },
            cancellation
        );
        var told = new SeriesProblems();
        foreach (var failure in failures.OfType<HalleyException>())
            told.Add(failure.Code, failure.Message[(failure.Code.Length + 2)..]);
        told.Throw();
        return new(series, outlooks, levels);
    }

    static IntervalCalibration[] Calibrations(
        IReadOnlyList<KnownSeries> series,
        IForecaster forecaster,
        ForecastRunOptions options,
        double[] levels,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        progress?.Report(new("calibrating", 0));
        return IntervalCalibration.Learn(
            [.. series.Select(one => one.Series)],
            forecaster,
            options.Horizon,
            levels,
            options.Threads,
            progress.Part(0, 0.5),
            cancellation
        );
    }

    /// <summary>Long form: <c>unique_id, ds, step, forecast, lower_80, upper_80, …</c></summary>
    public Table ToTable(SeriesLayout layout)
    {
        var rows = Outlooks.Sum(outlook => outlook.Mean.Length);
        var (ids, times, steps, means) = (new string?[rows], new string?[rows], new double[rows], new double[rows]);
        var bounds = Levels.Select(_ => (Lower: new double[rows], Upper: new double[rows])).ToArray();
        var row = 0;
        for (var i = 0; i < Series.Count; i++)
        {
            var outlook = Outlooks[i];
            for (var h = 0; h < outlook.Mean.Length; h++, row++)
            {
                (ids[row], times[row]) = (Series[i].Series.Id, TimeOf(Series[i], h));
                (steps[row], means[row]) = (h + 1, outlook.Mean[h]);
                for (var level = 0; level < bounds.Length; level++)
                    (bounds[level].Lower[row], bounds[level].Upper[row]) = (outlook.Lower[level][h], outlook.Upper[level][h]);
            }
        }
        return new([
            new TextColumn(layout.Id ?? "unique_id", ids),
            new TextColumn(layout.Time, times),
            new NumericColumn("step", steps),
            new NumericColumn("forecast", means),
            .. Levels.SelectMany(
                (level, i) => new[] { Bound("lower", level, bounds[i].Lower), Bound("upper", level, bounds[i].Upper) }
            ),
        ]);
    }

    /// <summary>The time of a step ahead as text.</summary>
    public static string TimeOf(KnownSeries series, int h)
    {
        var step = series.Series.Length + h;
        return series.Series.Calendar is { } calendar
            ? LongTable.Text(calendar.At(step))
            : (series.FirstStep + step).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    static NumericColumn Bound(string side, double level, double[] values) =>
        new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{side}_{100 * level:0.##}"), values);
}
