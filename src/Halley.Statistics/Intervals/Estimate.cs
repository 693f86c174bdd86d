namespace Halley.Statistics;

/// <summary>A figure with its standard error and an interval.</summary>
public readonly record struct Estimate(double Value, double StandardError, double Lower, double Upper)
{
    /// <summary>Value ± z·standard error for a normal estimator.</summary>
    public static Estimate Normal(double value, double standardError, double level = 0.95)
    {
        var half = NormalDistribution.TwoSidedQuantile(level) * standardError;
        return new(value, standardError, value - half, value + half);
    }

    /// <summary>Value ± t·standard error with the given degrees of freedom.</summary>
    public static Estimate StudentT(double value, double standardError, double degreesOfFreedom, double level = 0.95)
    {
        var half = StudentDistribution.TwoSidedQuantile(level, degreesOfFreedom) * standardError;
        return new(value, standardError, value - half, value + half);
    }

    /// <summary>Whether the interval holds <paramref name="value"/>; false where the interval is not known.</summary>
    public bool Contains(double value) => Lower <= value && value <= Upper;
}
