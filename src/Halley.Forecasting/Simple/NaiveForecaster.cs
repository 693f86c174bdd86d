namespace Halley.Forecasting;

/// <summary>The value one season ago, without season the last value: what every other model must beat.</summary>
/// <remarks>A (seasonal) random walk: the variance of step h is σ²·⌈h/m⌉ with σ² the mean squared difference.</remarks>
public sealed class NaiveForecaster(bool seasonal = false) : IForecaster
{
    public string Name => seasonal ? "seasonal-naive" : "naive";

    public SeriesFit Fit(TimeSeries series, CancellationToken cancellation = default)
    {
        SeriesChecks.RequireComplete(series, Name, 1);
        var y = series.Values;
        // A series shorter than its season repeats its last value.
        var lag = seasonal && series.Season < y.Length ? series.Season : 1;
        var fitted = new double[y.Length];
        var squares = 0.0;
        for (var t = 0; t < y.Length; t++)
        {
            fitted[t] = t < lag ? double.NaN : y[t - lag];
            if (t >= lag)
                squares += (y[t] - fitted[t]) * (y[t] - fitted[t]);
        }
        var sigma = Math.Sqrt(squares / Math.Max(1, y.Length - lag));
        return new SimpleFit(lag == 1 ? "naive" : $"naive[{lag}]", fitted, horizon => Repeat(y, lag, sigma, horizon));
    }

    static SeriesForecast Repeat(double[] y, int lag, double sigma, int horizon)
    {
        var (mean, sd) = (new double[horizon], new double[horizon]);
        for (var h = 0; h < horizon; h++)
        {
            mean[h] = y[y.Length - lag + h % lag];
            sd[h] = sigma * Math.Sqrt(h / lag + 1);
        }
        return SeriesForecast.Normal(mean, sd);
    }
}
