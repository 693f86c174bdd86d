namespace Halley.Statistics;

/// <summary>The chi-squared distribution.</summary>
public static class ChiSquaredDistribution
{
    /// <summary>P(X ≤ x) for degrees of freedom &gt; 0.</summary>
    public static double Cumulative(double x, double degreesOfFreedom) =>
        GammaDistribution.Cumulative(0.5 * x, 0.5 * degreesOfFreedom);

    /// <summary>P(X &gt; x), accurate however small: the p-value of a test.</summary>
    public static double Upper(double x, double degreesOfFreedom) => GammaDistribution.Upper(0.5 * x, 0.5 * degreesOfFreedom);

    /// <summary>x with P(X ≤ x) = <paramref name="p"/>.</summary>
    public static double Quantile(double p, double degreesOfFreedom) => 2 * GammaDistribution.Quantile(p, 0.5 * degreesOfFreedom);
}
