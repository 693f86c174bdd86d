namespace Halley.Forecasting;

/// <summary>What models ask of a series before they touch it.</summary>
static class SeriesChecks
{
    /// <summary>Refuses infinite values, gaps, and fewer than <paramref name="needed"/> values.</summary>
    internal static void RequireComplete(TimeSeries series, string model, int needed)
    {
        RequireFinite(series);
        if (series.Length < needed)
            ForecastErrors.ThrowTooShort(series, model, needed);
        var gap = Array.FindIndex(series.Values, double.IsNaN);
        if (gap >= 0)
            ForecastErrors.ThrowMissing(series, model, gap);
    }

    internal static void RequireFinite(TimeSeries series)
    {
        var bad = Array.FindIndex(series.Values, double.IsInfinity);
        if (bad >= 0)
            ForecastErrors.ThrowInfinite(series, bad);
    }
}
