using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>The beta distribution on [0, 1] with two shapes.</summary>
public static class BetaDistribution
{
    /// <summary>P(X ≤ x).</summary>
    public static double Cumulative(double x, double a, double b) => Tails(x, a, b).Lower;

    /// <summary>P(X &gt; x), accurate however small.</summary>
    public static double Upper(double x, double a, double b) => Tails(x, a, b).Upper;

    /// <summary>x with P(X ≤ x) = <paramref name="p"/>.</summary>
    public static double Quantile(double p, double a, double b) => VectorMath.Logistic(LogitQuantile(p, 1 - p, a, b));

    /// <summary>logit of the quantile, which keeps its accuracy near 0 and near 1. ∓∞ where a tail is zero.</summary>
    internal static double LogitQuantile(double lower, double upper, double a, double b)
    {
        if (!(a > 0 && b > 0))
            return double.NaN;
        if (lower == 0 || upper == 0)
            return lower == 0 ? double.NegativeInfinity : double.PositiveInfinity;
        // The logit's mean and standard deviation for large shapes.
        var z = lower < upper ? NormalDistribution.Quantile(lower) : -NormalDistribution.Quantile(upper);
        var start = VectorMath.Log(a / b) + z * Math.Sqrt(1 / a + 1 / b);
        return QuantileSearch.Find(lower, upper, -740, 740, start, s => At(s, a, b));
    }

    static (double Lower, double Upper, double Density) At(double s, double a, double b)
    {
        var (x, y) = (VectorMath.Logistic(s), VectorMath.Logistic(-s));
        var (lower, upper) = IncompleteBeta.Regularized(a, b, x, y);
        return (lower, upper, IncompleteBeta.Density(a, b, x, y));
    }

    static (double Lower, double Upper) Tails(double x, double a, double b)
    {
        var inside = Math.Clamp(x, 0, 1);
        return IncompleteBeta.Regularized(a, b, inside, 1 - inside);
    }
}
