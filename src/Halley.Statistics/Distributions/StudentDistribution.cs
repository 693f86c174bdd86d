using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>Student's t distribution.</summary>
public static class StudentDistribution
{
    /// <summary>P(T ≤ t) for degrees of freedom &gt; 0, +∞ giving the normal.</summary>
    public static double Cumulative(double t, double degreesOfFreedom) =>
        t < 0 ? Tail(-t, degreesOfFreedom) : 1 - Tail(t, degreesOfFreedom);

    /// <summary>P(T &gt; t), accurate however small.</summary>
    public static double Upper(double t, double degreesOfFreedom) => Cumulative(-t, degreesOfFreedom);

    /// <summary>P(|T| ≥ |t|): the p-value of a two-sided test.</summary>
    public static double TwoSided(double t, double degreesOfFreedom) => 2 * Tail(Math.Abs(t), degreesOfFreedom);

    /// <summary>t with P(T ≤ t) = <paramref name="p"/>.</summary>
    public static double Quantile(double p, double degreesOfFreedom) =>
        p < 0.5 ? -TailQuantile(p, degreesOfFreedom) : TailQuantile(1 - p, degreesOfFreedom);

    /// <summary>t with P(|T| ≤ t) = <paramref name="level"/>: 2.06 for 0.95 and 25 degrees of freedom.</summary>
    public static double TwoSidedQuantile(double level, double degreesOfFreedom) =>
        TailQuantile(0.5 * (1 - level), degreesOfFreedom);

    /// <summary>P(T &gt; t) for t ≥ 0 is ½·I_x(ν/2, ½) at x = ν/(ν + t²).</summary>
    static double Tail(double t, double freedom)
    {
        if (double.IsPositiveInfinity(freedom))
            return NormalDistribution.Upper(t);
        // With the ratio t/√ν squared last, neither part overflows before the tail itself underflows.
        var ratio = t / Math.Sqrt(freedom);
        var x = ratio < 1e150 ? 1 / (1 + ratio * ratio) : 1 / ratio / ratio;
        var y = ratio < 1e150 ? ratio * ratio * x : 1;
        return 0.5 * IncompleteBeta.Regularized(0.5 * freedom, 0.5, x, y).Lower;
    }

    /// <summary>t ≥ 0 with P(T &gt; t) = tail ≤ ½: t² = ν·(1 − x)/x with x the beta quantile of 2·tail.</summary>
    static double TailQuantile(double tail, double freedom)
    {
        if (double.IsPositiveInfinity(freedom))
            return -NormalDistribution.Quantile(tail);
        var logit = BetaDistribution.LogitQuantile(2 * tail, 1 - 2 * tail, 0.5 * freedom, 0.5);
        return Math.Sqrt(freedom) * VectorMath.Exp(-0.5 * logit);
    }
}
