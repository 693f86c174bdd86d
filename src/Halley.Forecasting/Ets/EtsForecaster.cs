using Halley.Kernels;

namespace Halley.Forecasting;

/// <summary>Exponential smoothing: one form, or the best of all admissible ones by AICc.</summary>
/// <remarks>Source: Hyndman, Koehler, Snyder and Grose (2002), Int. J. Forecasting 18(3), 439–454.</remarks>
public sealed class EtsForecaster(EtsOptions? options = null) : IForecaster
{
    readonly EtsOptions options = options ?? new();

    public string Name => options.Averaged ? "ets-average" : "ets";

    public SeriesFit Fit(TimeSeries series, CancellationToken cancellation = default)
    {
        if (options.Validate() is { Count: > 0 } problems)
            ForecastErrors.ThrowBadOptions(Name, problems);
        SeriesChecks.RequireComplete(series, Name, 1);
        var y = series.Values;
        var m = series.Season <= options.LongestSeason && series.Season > 1 ? series.Season : 1;
        if (IsConstant(y))
            return EtsFit.At(Simple, new() { Alpha = 0.5, Level = y[0] }, y, 1);
        // 1. The forms that the series allows.
        var positive = Reduce.Min(y) > 0;
        if (!positive && options.Form is not null && Candidates(m).Any(form => form.NeedsPositive))
            ForecastErrors.ThrowNotPositive(series, options.Form, Array.FindIndex(y, value => value <= 0));
        // 2. Fit each that leaves degrees of freedom, 3. keep the lowest AICc.
        var (best, fits) = ((EtsFit?)null, new List<EtsFit>());
        foreach (var form in Candidates(m).Where(form => positive || !form.NeedsPositive))
        {
            cancellation.ThrowIfCancellationRequested();
            if (form.SmoothingCount + form.StateCount(m) >= y.Length - 1)
                continue;
            var fit = EtsSearch.Fit(form, y, m, thorough: options.Form is not null);
            if (fit is null || !double.IsFinite(fit.Aicc))
                continue;
            fits.Add(fit);
            if (best is null || fit.Aicc < best.Aicc)
                best = fit;
        }
        return best is null ? Fallback(series)
            : options.Averaged && fits.Count > 1 ? EtsAverage.Of(fits, best)
            : best;
    }

    static EtsForm Simple { get; } = new(EtsPart.Additive, EtsPart.None, EtsPart.None, false);

    IEnumerable<EtsForm> Candidates(int m)
    {
        if (options.Form is not null && EtsForm.TryParse(options.Form, out var one))
            return [one.Value];
        return EtsForm.All.Where(form =>
            (m > 1 || !form.HasSeason)
            && (options.MultiplicativeTrend || form.Trend != EtsPart.Multiplicative)
            && (options.Unstable || !form.IsUnstable)
            && (!options.OnlyDamped || form.Damped || !form.HasTrend)
        );
    }

    /// <summary>Too short for any criterion: simple smoothing at a middling parameter.</summary>
    EtsFit Fallback(TimeSeries series)
    {
        if (options.Form is not null)
            ForecastErrors.ThrowTooShort(series, options.Form, series.Length + 1);
        return EtsFit.At(Simple, new() { Alpha = 0.5, Level = series.Values[0] }, series.Values, 1);
    }

    static bool IsConstant(double[] y) => Array.TrueForAll(y, value => value == y[0]);
}
