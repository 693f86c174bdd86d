using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>The second parameter of a distributional model from its score.</summary>
public static class SpreadScore
{
    /// <summary>Beyond e^±16 a distribution no longer changes, but its formulas lose their digits.</summary>
    const double Limit = 16;

    /// <summary>e^score, kept within e^±16.</summary>
    public static double ParameterOf(double score) => VectorMath.Exp(Math.Clamp(score, -Limit, Limit));
}
