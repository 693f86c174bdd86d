namespace Halley.Forecasting;

/// <summary>Fit of a method whose forecasts are known when it is fitted: a function of the horizon.</summary>
sealed class SimpleFit(string form, double[] fitted, Func<int, SeriesForecast> forecast) : SeriesFit
{
    public override string Form => form;

    public override double[] Fitted => fitted;

    public override SeriesForecast Forecast(int horizon, SeriesFuture? future = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        return forecast(horizon);
    }
}
