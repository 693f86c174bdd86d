namespace Halley.Forecasting;

/// <summary>The mean of the past, with Student intervals that carry the mean's own error.</summary>
public sealed class MeanForecaster : IForecaster
{
    public string Name => "mean";

    public SeriesFit Fit(TimeSeries series, CancellationToken cancellation = default)
    {
        SeriesChecks.RequireComplete(series, Name, 1);
        var y = series.Values;
        var n = y.Length;
        var mean = y.Average();
        var fitted = new double[n];
        Array.Fill(fitted, mean);
        var squares = y.Sum(value => (value - mean) * (value - mean));
        var scale = n > 1 ? Math.Sqrt(squares / (n - 1) * (1 + 1.0 / n)) : 0;
        return new SimpleFit(
            "mean",
            fitted,
            horizon =>
                new()
                {
                    Mean = [.. Enumerable.Repeat(mean, horizon)],
                    Steps = [.. Enumerable.Repeat(new StudentStep(mean, scale, Math.Max(1, n - 1)), horizon)],
                }
        );
    }
}
