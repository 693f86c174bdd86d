using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>The Poisson distribution of a count with a given mean.</summary>
public static class PoissonDistribution
{
    /// <summary>ln P(K = k) for k ≥ 0 and mean ≥ 0; Γ(k + 1) stands for k! where k is not whole.</summary>
    /// <remarks>Saddle-point form, accurate for large k. Source: Loader (2000), Fast and Accurate Computation of Binomial Probabilities.</remarks>
    public static double LogProbability(double k, double mean)
    {
        if (!(k >= 0) || !(mean >= 0))
            return double.NaN;
        if (k == 0)
            return -mean;
        if (mean == 0)
            return double.NegativeInfinity;
        return -GammaFunction.StirlingError(k) - RelativeEntropy.Of(k, mean) - 0.5 * VectorMath.Log(2 * Math.PI * k);
    }
}
