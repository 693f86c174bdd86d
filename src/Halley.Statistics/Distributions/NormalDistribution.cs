using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>The standard normal distribution.</summary>
public static class NormalDistribution
{
    /// <summary>φ(x).</summary>
    public static double Density(double x) => 0.3989422804014327 * VectorMath.Exp(-0.5 * x * x);

    /// <summary>Φ(x) = P(Z ≤ x), relative accuracy about 1e-15 far into the lower tail.</summary>
    public static double Cumulative(double x) => x < 0 ? Tail(-x) : 1 - Tail(x);

    /// <summary>1 − Φ(x), accurate in the upper tail.</summary>
    public static double Upper(double x) => Cumulative(-x);

    /// <summary>x with Φ(x) = <paramref name="p"/>; −∞ at 0, +∞ at 1, NaN outside [0, 1].</summary>
    public static double Quantile(double p) => StandardNormal.Quantile(p);

    /// <summary>z with P(|Z| ≤ z) = <paramref name="level"/>: 1.96 for 0.95.</summary>
    public static double TwoSidedQuantile(double level) => -StandardNormal.Quantile(0.5 * (1 - level));

    /// <summary>P(Z &gt; z) for z ≥ 0.</summary>
    static double Tail(double z)
    {
        if (!(z < 40))
            return double.IsNaN(z) ? z : 0;
        // z² in two parts, the first exact, because e^(−z²/2) magnifies its rounding error by z²/2.
        var high = Math.Round(z * 1048576) / 1048576;
        var rest = (z - high) * (z + high);
        return 0.5
            * VectorMath.Exp(-0.5 * high * high)
            * VectorMath.Exp(-0.5 * rest)
            * ErrorFunction.ScaledComplement(z * 0.7071067811865476);
    }
}
