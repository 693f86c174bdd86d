using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>The binomial distribution of successes in a number of trials.</summary>
public static class BinomialDistribution
{
    /// <summary>ln P(K = k) for 0 ≤ k ≤ n trials with probability p each.</summary>
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
        return SaddlePoint.Binomial(k, n - k, p, 1 - p);
    }
}
