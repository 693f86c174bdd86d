namespace Halley.Forecasting;

/// <summary>The Theta method: the middle of a smoothed series and its line, strong on short series for its cost.</summary>
/// <remarks>
/// Given α, the errors are linear in the first level and in 1 − 1/θ, so both follow by least squares; only α is searched for,
/// in [0.1, 0.99], on a grid and then by golden sections.
/// </remarks>
public sealed class ThetaForecaster(ThetaVariant variant = ThetaVariant.DynamicOptimised) : IForecaster
{
    const double LowestAlpha = 0.1;
    const double HighestAlpha = 0.99;

    public string Name => variant == ThetaVariant.DynamicOptimised ? "theta" : $"theta-{variant}".ToLowerInvariant();

    public SeriesFit Fit(TimeSeries series, CancellationToken cancellation = default)
    {
        SeriesChecks.RequireComplete(series, Name, 1);
        var season = SeasonalAdjustment.Of(series.Values, series.Season);
        var y = season.Adjusted;
        if (y.Length <= ThetaFit.FirstCounted + 2 || Array.TrueForAll(y, value => value == y[0]))
            return ThetaFit.At(variant, season, new(y[0], 0.5, variant is ThetaVariant.Standard ? 2 : 1));
        var alpha = LineSearch.Minimum(LowestAlpha, HighestAlpha, 24, at => Profile(y, at).Squares);
        var (level, share, _) = Profile(y, alpha);
        return ThetaFit.At(variant, season, new(level, alpha, 1 / (1 - share)));
    }

    bool IsFree => variant is ThetaVariant.Optimised or ThetaVariant.DynamicOptimised;

    /// <summary>Best first level and share 1 − 1/θ at a given α, and their sum of squares.</summary>
    (double Level, double Share, double Squares) Profile(double[] y, double alpha)
    {
        // e_t = r_t − w_t·level − share·line_t, with r from a level of 0.
        var recursion = new ThetaRecursion(variant, y, alpha);
        recursion.Start(0);
        var (ww, wl, ll, wr, lr, rr) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for (var t = 0; t < y.Length; t++)
        {
            if (t >= ThetaFit.FirstCounted)
            {
                var (rest, weight, line) = (y[t] - recursion.Level, recursion.StartWeight, recursion.Line);
                ww += weight * weight;
                wl += weight * line;
                ll += line * line;
                wr += weight * rest;
                lr += line * rest;
                rr += rest * rest;
            }
            recursion.Take(t, y[t]);
        }
        var share = 0.5;
        if (IsFree)
        {
            var free = ll - wl * wl / ww;
            share = free > 1e-12 * ll ? Math.Clamp((lr - wl * wr / ww) / free, 0, 1) : 0.5;
        }
        var level = (wr - share * wl) / ww;
        var squares = rr - 2 * share * lr + share * share * ll - level * (wr - share * wl);
        return (level, share, squares);
    }
}
