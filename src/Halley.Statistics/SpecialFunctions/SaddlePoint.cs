using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>Logarithms of Poisson and binomial probabilities at real arguments, without cancellation at large ones.</summary>
/// <remarks>Source: Loader (2000), Fast and Accurate Computation of Binomial Probabilities.</remarks>
static class SaddlePoint
{
    /// <summary>ln(m^k·e^−m / Γ(k + 1)) for k &gt; 0 and m &gt; 0.</summary>
    internal static double Poisson(double k, double mean) =>
        -GammaFunction.StirlingError(k) - RelativeEntropy.Of(k, mean) - 0.5 * VectorMath.Log(2 * Math.PI * k);

    /// <summary>ln(Γ(a+b+1)/(Γ(a+1)·Γ(b+1))·x^a·y^b) for a, b &gt; 0 and y = 1 − x, which is given because it may be tiny.</summary>
    internal static double Binomial(double a, double b, double x, double y)
    {
        var n = a + b;
        return GammaFunction.StirlingError(n)
            - GammaFunction.StirlingError(a)
            - GammaFunction.StirlingError(b)
            - RelativeEntropy.Of(a, n * x)
            - RelativeEntropy.Of(b, n * y)
            - 0.5 * VectorMath.Log(2 * Math.PI * a * (b / n));
    }
}
