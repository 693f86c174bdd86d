namespace Halley.Forecasting;

/// <summary>The forecast of one series.</summary>
/// <param name="Form">The chosen model.</param>
/// <param name="Mean">Shape (horizon).</param>
/// <param name="Lower">Shape (levels)(horizon).</param>
/// <param name="Upper">Shape (levels)(horizon).</param>
public sealed record SeriesOutlook(string Form, double[] Mean, double[][] Lower, double[][] Upper)
{
    internal static SeriesOutlook Of(
        KnownSeries known,
        IForecaster forecaster,
        ForecastRunOptions options,
        double[] levels,
        IReadOnlyList<IntervalCalibration> calibrations,
        CancellationToken cancellation
    )
    {
        var series = known.Series;
        var fit = forecaster.Fit(series, cancellation);
        var forecast = fit.Forecast(options.Horizon, known.Future);
        var (lower, upper) = (new double[levels.Length][], new double[levels.Length][]);
        var floor = options.KeepSign && Array.TrueForAll(series.Values, value => !(value < 0)) ? 0 : double.NegativeInfinity;
        for (var i = 0; i < levels.Length; i++)
        {
            var (low, high) =
                !forecast.HasDistribution ? (Unknown(options.Horizon), Unknown(options.Horizon))
                : calibrations.Count > 0 ? calibrations[i].Interval(forecast)
                : forecast.Interval(levels[i]);
            (lower[i], upper[i]) = (AtLeast(low, floor), AtLeast(high, floor));
        }
        return new(fit.Form, AtLeast(forecast.Mean, floor), lower, upper);
    }

    static double[] AtLeast(double[] values, double floor) => [.. values.Select(value => value < floor ? floor : value)];

    static double[] Unknown(int horizon) => [.. Enumerable.Repeat(double.NaN, horizon)];
}
