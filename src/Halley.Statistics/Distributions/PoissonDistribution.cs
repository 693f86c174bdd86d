namespace Halley.Statistics;

/// <summary>The Poisson distribution of a count with a given mean.</summary>
public static class PoissonDistribution
{
    /// <summary>ln P(K = k) for k ≥ 0 and mean ≥ 0; Γ(k + 1) stands for k! where k is not whole.</summary>
    public static double LogProbability(double k, double mean)
    {
        if (!(k >= 0) || !(mean >= 0))
            return double.NaN;
        if (k == 0)
            return -mean;
        if (mean == 0)
            return double.NegativeInfinity;
        return SaddlePoint.Poisson(k, mean);
    }

    /// <summary>P(K ≤ k) for k ≥ 0.</summary>
    public static double Cumulative(double k, double mean) => GammaDistribution.Upper(mean, Math.Floor(k) + 1);

    /// <summary>P(K &gt; k) for k ≥ 0, accurate however small.</summary>
    public static double Upper(double k, double mean) => GammaDistribution.Cumulative(mean, Math.Floor(k) + 1);
}
