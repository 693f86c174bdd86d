using Halley.Kernels;

namespace Halley.Forecasting;

/// <summary>Continues an exponential smoothing model beyond its last step.</summary>
static class EtsPaths
{
    /// <summary>The path with all errors zero, shape (horizon).</summary>
    internal static double[] Mean(EtsFit fit, int horizon)
    {
        var path = new double[horizon];
        Walk(fit, path, []);
        return path;
    }

    /// <summary>Paths with normal errors, shape (count)(horizon).</summary>
    internal static double[][] Sample(EtsFit fit, int horizon, int count, ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var sigma = Math.Sqrt(fit.Sigma2);
        var (paths, errors) = (new double[count][], new double[horizon]);
        for (var path = 0; path < count; path++)
        {
            for (var h = 0; h < horizon; h++)
                errors[h] = sigma * random.NextNormal();
            paths[path] = new double[horizon];
            Walk(fit, paths[path], errors);
        }
        return paths;
    }

    static void Walk(EtsFit fit, Span<double> path, ReadOnlySpan<double> errors)
    {
        var (form, last) = (fit.EtsForm, fit.Last);
        var (level, slope, season) = (last.Level, last.Slope, (double[])last.Season.Clone());
        for (var h = 0; h < path.Length; h++)
        {
            var damped = form.Trend switch
            {
                EtsPart.Additive => last.Phi * slope,
                EtsPart.Multiplicative => last.Phi == 1 ? slope : VectorMath.Pow(slope, last.Phi),
                _ => 0,
            };
            var q = form.Trend == EtsPart.Multiplicative ? level * damped : level + damped;
            var at = form.HasSeason ? h % season.Length : 0;
            var s = form.HasSeason ? season[at] : 0;
            var f = form.Season switch
            {
                EtsPart.Additive => q + s,
                EtsPart.Multiplicative => q * s,
                _ => q,
            };
            if (errors.IsEmpty)
            {
                (path[h], level, slope) = (f, q, form.HasTrend ? damped : slope);
                continue;
            }
            var y = form.Error == EtsPart.Multiplicative ? f * (1 + errors[h]) : f + errors[h];
            path[h] = y;
            var rest =
                (
                    form.Season switch
                    {
                        EtsPart.Additive => y - s,
                        EtsPart.Multiplicative => y / s,
                        _ => y,
                    }
                ) - q;
            slope = form.Trend switch
            {
                EtsPart.Additive => damped + last.Beta * rest,
                EtsPart.Multiplicative => damped + last.Beta * rest / level,
                _ => slope,
            };
            if (form.HasSeason)
                season[at] = s + last.Gamma * ((form.Season == EtsPart.Additive ? y - q : y / q) - s);
            level = q + last.Alpha * rest;
        }
    }
}
