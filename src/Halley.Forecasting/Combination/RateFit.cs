namespace Halley.Forecasting;

/// <summary>A model of values per exposure.</summary>
sealed class RateFit(TimeSeries series, SeriesFit rate) : SeriesFit
{
    public override string Form => $"{rate.Form} per exposure";

    public override double[] Fitted => [.. rate.Fitted.Select((value, t) => value * series.Exposure![t])];

    public override SeriesForecast Forecast(int horizon, SeriesFuture? future = null)
    {
        SeriesChecks.RequireFutureExposure(series, horizon, future);
        var (forecast, exposure) = (rate.Forecast(horizon, future), future!.Exposure!);
        return new()
        {
            Mean = [.. forecast.Mean.Select((value, h) => value * exposure[h])],
            Steps = [.. forecast.Steps.Select((step, h) => new ScaledStep(step, exposure[h]))],
        };
    }

    public override double[][] Paths(int horizon, int count, ulong seed, SeriesFuture? future = null)
    {
        SeriesChecks.RequireFutureExposure(series, horizon, future);
        return
        [
            .. rate.Paths(horizon, count, seed, future)
                .Select(path => path.Select((value, h) => value * future!.Exposure![h]).ToArray()),
        ];
    }
}
