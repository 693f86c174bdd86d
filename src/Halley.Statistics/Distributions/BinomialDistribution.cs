using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>The binomial distribution of successes in a number of trials.</summary>
public static class BinomialDistribution
{
    /// <summary>ln P(K = k) for 0 ≤ k ≤ n trials with probability p each.</summary>
    /// <remarks>Saddle-point form. Source: Loader (2000), Fast and Accurate Computation of Binomial Probabilities.</remarks>
    public static double LogProbability(double k, double n, double p)
    {
        if (!(k >= 0 && k <= n && p >= 0 && p <= 1))
            return double.NaN;
        if (p == 0 || p == 1)
            return k == n * p ? 0 : double.NegativeInfinity;
        if (k == 0)
            return n * VectorMath.LogOnePlus(-p);
        if (k == n)
            return n * VectorMath.Log(p);
        return GammaFunction.StirlingError(n)
            - GammaFunction.StirlingError(k)
            - GammaFunction.StirlingError(n - k)
            - RelativeEntropy.Of(k, n * p)
            - RelativeEntropy.Of(n - k, n * (1 - p))
            - 0.5 * VectorMath.Log(2 * Math.PI * k * ((n - k) / n));
    }
}
