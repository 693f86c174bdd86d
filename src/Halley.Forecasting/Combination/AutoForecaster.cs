namespace Halley.Forecasting;

/// <summary>What to use where nothing is known: chosen by what a series is, not by how well anything did on it.</summary>
/// <remarks>
/// Values with regressors: ARIMA. Whole values with an exposure: the count model; other values with one: per exposure, as without. Whole values that are mostly 0: a smoothing for
/// intermittent series. Anything else: the combination of <see cref="Forecasters.Default"/>, several seasons taken out before.
/// </remarks>
public sealed class AutoForecaster : IForecaster
{
    // Mean steps between demands above which demand is intermittent: Syntetos, Boylan and Croston (2005), J. Oper. Res. Soc. 56(5), 495–503.
    const double Intermittent = 1.32;
    const int LongestSmoothedSeason = 24;

    public string Name => "auto";

    public SeriesFit Fit(TimeSeries series, CancellationToken cancellation = default) => Choose(series).Fit(series, cancellation);

    static IForecaster Choose(TimeSeries series)
    {
        if (series.Regressors.Length > 0)
            return new ArimaForecaster();
        var known = series.Values.Where(value => !double.IsNaN(value)).ToArray();
        var isCount = known.All(value => value >= 0 && value == Math.Floor(value));
        var isIntermittent =
            isCount && known.Any(value => value > 0) && known.Length > Intermittent * known.Count(value => value > 0);
        if (isCount && (series.Exposure is not null || known.Length < series.Length))
            return new CountForecaster();
        if (isIntermittent)
            return new CountForecaster(trend: false);
        if (series.Exposure is not null)
            return new RateForecaster(Smooth(series, known.Length));
        return Smooth(series, known.Length);
    }

    static IForecaster Smooth(TimeSeries series, int known)
    {
        if (known < series.Length)
            return new ArimaForecaster();
        return series.Seasons.Length > 1 || series.Season > LongestSmoothedSeason
            ? new StlForecaster(Forecasters.Default)
            : Forecasters.Default;
    }
}
