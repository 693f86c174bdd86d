namespace Halley.Statistics;

/// <summary>Student's t distribution.</summary>
public static class StudentDistribution
{
    /// <summary>P(|T| ≥ |t|) with <paramref name="degrees"/> degrees of freedom; NaN for NaN, or where degrees are not positive.</summary>
    /// <remarks>I(ν/(ν + t²); ν/2, 1/2). Source: Abramowitz and Stegun (1964), 26.7.1 and 26.5.27.</remarks>
    public static double TwoSided(double t, double degrees)
    {
        if (double.IsNaN(t) || !(degrees > 0))
            return double.NaN;
        var square = t * t;
        if (double.IsPositiveInfinity(square))
            return 0;
        return IncompleteBeta.Regularized(degrees / (degrees + square), square / (degrees + square), 0.5 * degrees, 0.5);
    }
}
