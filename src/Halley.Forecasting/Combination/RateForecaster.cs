namespace Halley.Forecasting;

/// <summary>Forecasts values per exposure by another model, and multiplies by the exposure that is to come.</summary>
public sealed class RateForecaster(IForecaster rate) : IForecaster
{
    public string Name => $"rate-{rate.Name}";

    public SeriesFit Fit(TimeSeries series, CancellationToken cancellation = default)
    {
        if (series.Exposure is not { } exposure)
            return rate.Fit(series, cancellation);
        SeriesChecks.RequireExposure(series);
        var rates = series with { Values = [.. series.Values.Select((value, t) => value / exposure[t])], Exposure = null };
        return new RateFit(series, rate.Fit(rates, cancellation));
    }
}
