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

    /// <summary>Refuses a future without the regressors that the series has.</summary>
    internal static void RequireFuture(TimeSeries series, int horizon, SeriesFuture future)
    {
        for (var k = 0; k < series.Regressors.Length; k++)
        {
            var known = k < future.Regressors.Length ? future.Regressors[k] : [];
            var missing = known
                .AsSpan(0, Math.Min(horizon, known.Length))
                .IndexOfAnyExceptInRange(double.MinValue, double.MaxValue);
            if (known.Length < horizon || missing >= 0)
                ForecastErrors.ThrowNoFuture(series, k, missing >= 0 ? missing : known.Length);
        }
    }

    /// <summary>Refuses a future without the exposure that the series has.</summary>
    internal static void RequireFutureExposure(TimeSeries series, int horizon, SeriesFuture? future)
    {
        if (series.Exposure is null)
            return;
        var known = future?.Exposure ?? [];
        for (var h = 0; h < horizon; h++)
        {
            if (h >= known.Length || !(known[h] > 0 && double.IsFinite(known[h])))
                ForecastErrors.ThrowNoFutureExposure(series, h);
        }
    }

    /// <summary>Refuses counts below 0, and exposures that are not above it.</summary>
    internal static void RequireCounts(TimeSeries series, string model)
    {
        var negative = Array.FindIndex(series.Values, value => value < 0);
        if (negative >= 0)
            ForecastErrors.ThrowNegative(series, model, negative);
        RequireExposure(series);
    }

    /// <summary>Refuses exposures that are not above 0.</summary>
    internal static void RequireExposure(TimeSeries series)
    {
        var bad = series.Exposure is { } exposure
            ? Array.FindIndex(exposure, value => !(value > 0 && double.IsFinite(value)))
            : -1;
        if (bad >= 0)
            ForecastErrors.ThrowBadExposure(series, bad);
    }

    /// <summary>Refuses regressors that are unknown where the values are to be fitted.</summary>
    internal static void RequireRegressors(TimeSeries series)
    {
        for (var k = 0; k < series.Regressors.Length; k++)
        {
            var step = Array.FindIndex(series.Regressors[k], value => !double.IsFinite(value));
            if (step >= 0)
                ForecastErrors.ThrowBadRegressor(series, k, step);
        }
    }

    internal static void RequireFinite(TimeSeries series)
    {
        var bad = Array.FindIndex(series.Values, double.IsInfinity);
        if (bad >= 0)
            ForecastErrors.ThrowInfinite(series, bad);
    }
}
