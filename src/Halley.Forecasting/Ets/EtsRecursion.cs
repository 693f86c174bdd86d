using Halley.Kernels;

namespace Halley.Forecasting;

/// <summary>The smoothing recursion of one trend and season, forwards and backwards in time.</summary>
/// <remarks>
/// With q the level and slope together, s the season one period ago, and p = y less the season:
/// φb = φ·b (or b^φ), q = ℓ + φb (or ℓ·φb), f = q + s (or q·s);
/// ℓ′ = q + α(p − q), b′ = φb + β(p − q) (or φb + β(p − q)/ℓ), s′ = s + γ(y − q − s) (or s + γ(y/q − s)).
/// The error, additive or multiplicative, leaves these unchanged. Source: Hyndman et al. (2008), tables 2.1 to 2.3, in
/// error-correction form.
/// </remarks>
static class EtsRecursion<TTrend, TSeason>
    where TTrend : struct, IPart
    where TSeason : struct, IPart
{
    /// <summary>Fills the track from its initial states; <paramref name="y"/> has shape (n).</summary>
    internal static void Forwards(ReadOnlySpan<double> y, EtsSmoothing by, EtsTrack track)
    {
        var m = track.Period;
        var levels = track.Level.AsSpan(0, y.Length + 1);
        var slopes = track.Slope.AsSpan(0, y.Length + 1);
        var fitted = track.Fitted.AsSpan(0, y.Length);
        var used = track.Season.AsSpan();
        var set = track.Season.AsSpan(m);
        var (level, slope) = (levels[0], slopes[0]);
        for (var t = 0; t < y.Length; t++)
        {
            var (damped, q) = Step(level, slope, by.Phi);
            var s = TSeason.Kind == EtsPart.None ? 0 : used[t];
            fitted[t] = Join(q, s);
            var p = Without(y[t], s);
            if (TTrend.Kind != EtsPart.None)
                slope = damped + by.Beta * (p - q) * (TTrend.Kind == EtsPart.Multiplicative ? 1 / level : 1);
            if (TSeason.Kind != EtsPart.None)
                set[t] = s + by.Gamma * ((TSeason.Kind == EtsPart.Additive ? y[t] - q : y[t] / q) - s);
            level = q + by.Alpha * (p - q);
            levels[t + 1] = level;
            slopes[t + 1] = slope;
        }
    }

    /// <summary>
    /// Derivatives by the parameters and the initial states, from those by each forecast (<see cref="EtsTrack.FittedBar"/>).
    /// The season's are left in <see cref="EtsTrack.SeasonBar"/>, first m entries.
    /// </summary>
    /// <remarks>Reverse accumulation: one sweep whatever the number of parameters. Source: Griewank and Walther (2008), ch. 3.</remarks>
    internal static (EtsSmoothing Smoothing, double Level, double Slope) Backwards(
        ReadOnlySpan<double> y,
        EtsSmoothing by,
        EtsTrack track
    )
    {
        var m = track.Period;
        var levels = track.Level.AsSpan(0, y.Length + 1);
        var slopes = track.Slope.AsSpan(0, y.Length + 1);
        var fittedBars = track.FittedBar.AsSpan(0, y.Length);
        var seasons = track.Season.AsSpan();
        var seasonBars = track.SeasonBar.AsSpan();
        if (TSeason.Kind != EtsPart.None)
            seasonBars.Clear();
        var (levelBar, slopeBar) = (0.0, 0.0);
        var (alphaBar, betaBar, gammaBar, phiBar) = (0.0, 0.0, 0.0, 0.0);
        for (var t = y.Length - 1; t >= 0; t--)
        {
            var (level, slope) = (levels[t], slopes[t]);
            var (damped, q) = Step(level, slope, by.Phi);
            var s = TSeason.Kind == EtsPart.None ? 0 : seasons[t];
            var rest = Without(y[t], s) - q;

            var qBar = (1 - by.Alpha) * levelBar;
            var pBar = by.Alpha * levelBar;
            alphaBar += rest * levelBar;
            var oldLevelBar = 0.0;
            var dampedBar = slopeBar;
            if (TTrend.Kind != EtsPart.None)
            {
                var scale = TTrend.Kind == EtsPart.Multiplicative ? 1 / level : 1;
                betaBar += rest * scale * slopeBar;
                pBar += by.Beta * scale * slopeBar;
                qBar -= by.Beta * scale * slopeBar;
                if (TTrend.Kind == EtsPart.Multiplicative)
                    oldLevelBar -= by.Beta * rest * scale * scale * slopeBar;
            }
            var sBar = 0.0;
            if (TSeason.Kind != EtsPart.None)
            {
                var setBar = seasonBars[t + m];
                var target = TSeason.Kind == EtsPart.Additive ? y[t] - q : y[t] / q;
                gammaBar += (target - s) * setBar;
                sBar = (1 - by.Gamma) * setBar;
                qBar -= by.Gamma * setBar * (TSeason.Kind == EtsPart.Additive ? 1 : target / q);
                sBar -= pBar * (TSeason.Kind == EtsPart.Additive ? 1 : y[t] / (s * s));
            }
            var f = fittedBars[t];
            qBar += TSeason.Kind == EtsPart.Multiplicative ? f * s : f;
            if (TSeason.Kind != EtsPart.None)
                seasonBars[t] += sBar + (TSeason.Kind == EtsPart.Multiplicative ? f * q : f);

            if (TTrend.Kind == EtsPart.Multiplicative)
            {
                levelBar = oldLevelBar + qBar * damped;
                dampedBar += qBar * level;
                slopeBar = by.Phi == 1 ? dampedBar : dampedBar * by.Phi * damped / slope;
                if (by.Phi != 1)
                    phiBar += dampedBar * damped * VectorMath.Log(slope);
            }
            else
            {
                levelBar = qBar;
                if (TTrend.Kind == EtsPart.Additive)
                {
                    dampedBar += qBar;
                    slopeBar = by.Phi * dampedBar;
                    phiBar += slope * dampedBar;
                }
            }
        }
        return (new(alphaBar, betaBar, gammaBar, phiBar), levelBar, slopeBar);
    }

    static (double Damped, double Q) Step(double level, double slope, double phi)
    {
        if (TTrend.Kind == EtsPart.None)
            return (0, level);
        if (TTrend.Kind == EtsPart.Additive)
            return (phi * slope, level + phi * slope);
        var damped = phi == 1 ? slope : VectorMath.Pow(slope, phi);
        return (damped, level * damped);
    }

    static double Join(double q, double s) =>
        TSeason.Kind == EtsPart.Multiplicative ? q * s
        : TSeason.Kind == EtsPart.Additive ? q + s
        : q;

    static double Without(double y, double s) =>
        TSeason.Kind == EtsPart.Multiplicative ? y / s
        : TSeason.Kind == EtsPart.Additive ? y - s
        : y;
}
