namespace Halley.Forecasting;

/// <summary>Several seasons by local regression, repeated as they were last, and another model for what is left.</summary>
public sealed class StlForecaster(IForecaster? rest = null) : IForecaster
{
    readonly IForecaster rest = rest ?? new ThetaForecaster();

    public string Name => $"mstl-{rest.Name}";

    public SeriesFit Fit(TimeSeries series, CancellationToken cancellation = default)
    {
        SeriesChecks.RequireComplete(series, Name, 1);
        if (MultipleStl.Of(series.Values, series.Seasons) is not { } parts)
            return rest.Fit(series with { Seasons = [] }, cancellation);
        double[] adjusted = [.. series.Values.Select((value, t) => value - parts.Seasons.Sum(season => season[t]))];
        return new StlFit(parts, rest.Fit(series with { Values = adjusted, Seasons = [] }, cancellation));
    }
}
