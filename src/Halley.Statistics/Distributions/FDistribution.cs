using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>Fisher's F distribution.</summary>
public static class FDistribution
{
    /// <summary>P(X ≤ x) for positive degrees of freedom of numerator and denominator.</summary>
    public static double Cumulative(double x, double numerator, double denominator) => Tails(x, numerator, denominator).Lower;

    /// <summary>P(X &gt; x), accurate however small: the p-value of a test.</summary>
    public static double Upper(double x, double numerator, double denominator) => Tails(x, numerator, denominator).Upper;

    /// <summary>x with P(X ≤ x) = <paramref name="p"/>.</summary>
    public static double Quantile(double p, double numerator, double denominator) =>
        denominator / numerator * VectorMath.Exp(BetaDistribution.LogitQuantile(p, 1 - p, 0.5 * numerator, 0.5 * denominator));

    static (double Lower, double Upper) Tails(double x, double numerator, double denominator)
    {
        var odds = numerator / denominator * Math.Max(x, 0);
        return double.IsPositiveInfinity(odds)
            ? (1, 0)
            : IncompleteBeta.Regularized(0.5 * numerator, 0.5 * denominator, odds / (1 + odds), 1 / (1 + odds));
    }
}
