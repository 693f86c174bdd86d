namespace Halley.Forecasting;

/// <summary>Intervals from a series' own past errors at each horizon: no assumption on their distribution.</summary>
/// <remarks>
/// With w windows the largest level that can be told apart is w/(w + 1): two windows can't give 95 %. Source: Stankevičiūtė, Alaa
/// and van der Schaar (2021), NeurIPS 34; the two readings of the scores are those of statsforecast.
/// </remarks>
public static class ConformalIntervals
{
    /// <summary>Absolute errors of the last <paramref name="windows"/> forecasts of <paramref name="horizon"/> steps, shape (windows)(horizon).</summary>
    /// <remarks>Window i of w is fitted on all but the last (w − i)·horizon values.</remarks>
    public static double[][] Scores(
        IForecaster forecaster,
        TimeSeries series,
        int horizon,
        int windows,
        CancellationToken cancellation = default
    )
    {
        if (series.Length <= windows * horizon)
            ForecastErrors.ThrowTooShort(series, $"{windows} windows of {horizon} steps", windows * horizon + 1);
        var scores = new double[windows][];
        for (var window = 0; window < windows; window++)
        {
            var known = series.Length - (windows - window) * horizon;
            var fit = forecaster.Fit(series.Head(known), cancellation);
            var mean = fit.Forecast(horizon, series.FutureAfter(known, horizon)).Mean;
            scores[window] = [.. mean.Select((forecast, h) => Math.Abs(series.Values[known + h] - forecast))];
        }
        return scores;
    }

    /// <summary>Interval whose ends are quantiles of forecast − score and forecast + score together.</summary>
    public static (double[] Lower, double[] Upper) Distribution(double[] mean, double[][] scores, double level) =>
        Ends(
            mean,
            (forecast, h) =>
            {
                double[] values = [.. scores.SelectMany(window => new[] { forecast - window[h], forecast + window[h] })];
                return (LinearQuantile(values, 0.5 * (1 - level)), LinearQuantile(values, 0.5 * (1 + level)));
            }
        );

    /// <summary>Interval of the scores' quantile on both sides.</summary>
    public static (double[] Lower, double[] Upper) Error(double[] mean, double[][] scores, double level) =>
        Ends(
            mean,
            (forecast, h) =>
            {
                var half = LinearQuantile([.. scores.Select(window => window[h])], level);
                return (forecast - half, forecast + half);
            }
        );

    static (double[] Lower, double[] Upper) Ends(double[] mean, Func<double, int, (double Lower, double Upper)> at)
    {
        var ends = mean.Select(at).ToArray();
        return ([.. ends.Select(end => end.Lower)], [.. ends.Select(end => end.Upper)]);
    }

    /// <summary>Type 7 of Hyndman and Fan (1996): between the order statistics at (n − 1)p.</summary>
    internal static double LinearQuantile(double[] values, double p)
    {
        Array.Sort(values);
        var position = (values.Length - 1) * p;
        var below = (int)Math.Floor(position);
        var above = Math.Min(below + 1, values.Length - 1);
        return values[below] + (position - below) * (values[above] - values[below]);
    }
}
