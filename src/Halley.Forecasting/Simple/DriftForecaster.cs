namespace Halley.Forecasting;

/// <summary>A random walk with drift: the line through the first and the last value, prolonged.</summary>
/// <remarks>σ² = Σe²/(n − 2); the variance of step h is σ²·(h + h²/(n − 1)), the second part that of the drift's estimate.</remarks>
public sealed class DriftForecaster : IForecaster
{
    public string Name => "drift";

    public SeriesFit Fit(TimeSeries series, CancellationToken cancellation = default)
    {
        SeriesChecks.RequireComplete(series, Name, 2);
        var y = series.Values;
        var n = y.Length;
        var drift = (y[^1] - y[0]) / (n - 1);
        var fitted = new double[n];
        var squares = 0.0;
        for (var t = 0; t < n; t++)
        {
            fitted[t] = t == 0 ? double.NaN : y[t - 1] + drift;
            if (t > 0)
                squares += (y[t] - fitted[t]) * (y[t] - fitted[t]);
        }
        var sigma = Math.Sqrt(squares / Math.Max(1, n - 2));
        return new SimpleFit(
            "drift",
            fitted,
            horizon =>
            {
                var (mean, sd) = (new double[horizon], new double[horizon]);
                for (var h = 1; h <= horizon; h++)
                {
                    mean[h - 1] = y[^1] + h * drift;
                    sd[h - 1] = sigma * Math.Sqrt(h + (double)h * h / (n - 1));
                }
                return SeriesForecast.Normal(mean, sd);
            }
        );
    }
}
