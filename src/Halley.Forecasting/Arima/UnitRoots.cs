namespace Halley.Forecasting;

/// <summary>How often a series must be differenced.</summary>
static class UnitRoots
{
    // 5 % points of the statistic about a level: Kwiatkowski et al. (1992), table 1.
    const double Critical = 0.463;
    const double StrongSeason = 0.64;

    /// <summary>Differences until the KPSS test no longer refuses a level.</summary>
    internal static int Differences(double[] y, int most = 2)
    {
        for (var d = 0; d < most; d++)
        {
            if (Forecasting.Differences.IsConstant(y) || !(Kpss(y) > Critical))
                return d;
            y = Forecasting.Differences.At(y, 1);
        }
        return most;
    }

    /// <summary>1 where the season is strong, as it seldom is without a root at it.</summary>
    internal static int SeasonalDifferences(double[] y, int m) =>
        m > 1 && y.Length > 2 * m && MultipleStl.Of(y, [m]) is { } parts && parts.Strength(0) > StrongSeason ? 1 : 0;

    /// <summary>The KPSS statistic about a level, with Bartlett weights over ⌊3√n/13⌋ lags.</summary>
    /// <remarks>Source: Kwiatkowski, Phillips, Schmidt and Shin (1992), J. Econometrics 54(1–3), 159–178.</remarks>
    internal static double Kpss(double[] y)
    {
        var n = y.Length;
        var (lags, mean) = ((int)(3 * Math.Sqrt(n) / 13), y.Average());
        var (sum, squares, variance) = (0.0, 0.0, 0.0);
        foreach (var value in y)
        {
            sum += value - mean;
            squares += sum * sum;
            variance += (value - mean) * (value - mean);
        }
        for (var lag = 1; lag <= lags; lag++)
        {
            var product = 0.0;
            for (var t = lag; t < n; t++)
                product += (y[t] - mean) * (y[t - lag] - mean);
            variance += 2 * (1 - lag / (lags + 1.0)) * product;
        }
        return squares / n / variance;
    }
}
