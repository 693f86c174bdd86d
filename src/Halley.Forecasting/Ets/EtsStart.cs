using Halley.Kernels;

namespace Halley.Forecasting;

/// <summary>Initial states to start the search from.</summary>
/// <remarks>Source: Hyndman et al. (2008), section 2.6.1: season from a decomposition, level and slope from a line through the first years.</remarks>
static class EtsStart
{
    internal static EtsParameters Of(EtsForm form, ReadOnlySpan<double> y, int m)
    {
        var season = form.HasSeason ? Season(form, y, m) : [];
        var count = Math.Min(Math.Max(10, 2 * m), y.Length);
        var adjusted = new double[count];
        for (var t = 0; t < count; t++)
            adjusted[t] = form.Season switch
            {
                EtsPart.Additive => y[t] - season[t % m],
                EtsPart.Multiplicative => y[t] / Math.Max(season[t % m], 1e-2),
                _ => y[t],
            };
        var (level, slope) = LevelAndSlope(form.Trend, adjusted);
        return new()
        {
            Alpha = 0.1,
            Level = level,
            Slope = slope,
            Season = season,
        };
    }

    static (double Level, double Slope) LevelAndSlope(EtsPart trend, double[] adjusted)
    {
        if (trend == EtsPart.None)
            return (Reduce.Sum(adjusted) / adjusted.Length, 0);
        var (intercept, slope) = Line(adjusted);
        if (trend == EtsPart.Additive)
            return (intercept, slope);
        var growth = (intercept + 2 * slope) / (intercept + slope);
        var level = (intercept + slope) / growth;
        // A line that starts below 0 has no growth factor.
        return level > 1e-8 && growth > 1e-8 && growth < 1e10
            ? (level, growth)
            : (Math.Max(adjusted[0], 1e-3), Math.Max(adjusted[1] / adjusted[0], 1e-3));
    }

    static double[] Season(EtsForm form, ReadOnlySpan<double> y, int m)
    {
        var multiplicative = form.Season == EtsPart.Multiplicative;
        if (y.Length >= 3 * m)
            return Usable(ClassicalDecomposition.Figure(y, m, multiplicative), multiplicative);
        // Too short for moving averages: what a line leaves of the first year.
        var (intercept, slope) = Line(y);
        var season = new double[m];
        for (var t = 0; t < m; t++)
        {
            var line = intercept + slope * (t + 1);
            var value = t < y.Length ? y[t] : line;
            season[t] = multiplicative ? value / Math.Max(line, 1e-2 * Math.Abs(intercept) + 1e-8) : value - line;
        }
        return Usable(season, multiplicative);
    }

    /// <summary>Centred, and multiplicative ones kept above 0.</summary>
    static double[] Usable(double[] season, bool multiplicative)
    {
        if (multiplicative)
            for (var i = 0; i < season.Length; i++)
                season[i] = Math.Max(season[i], 1e-2);
        var mean = Reduce.Sum(season) / season.Length;
        for (var i = 0; i < season.Length; i++)
            season[i] = multiplicative ? season[i] / mean : season[i] - mean;
        return season;
    }

    /// <summary>Least-squares line over steps 1 … n.</summary>
    internal static (double Intercept, double Slope) Line(ReadOnlySpan<double> y)
    {
        var n = y.Length;
        var (centre, mean) = (0.5 * (n + 1), Reduce.Sum(y) / n);
        var (products, squares) = (0.0, 0.0);
        for (var t = 0; t < n; t++)
        {
            products += (t + 1 - centre) * (y[t] - mean);
            squares += (t + 1 - centre) * (t + 1 - centre);
        }
        var slope = squares > 0 ? products / squares : 0;
        return (mean - slope * centre, slope);
    }
}
