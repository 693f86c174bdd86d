using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>Normal with mean m and standard deviation σ = e^s.</summary>
/// <remarks>−ln f = s + ½·z² + ½·ln 2π, z = (y − m)/σ. Fisher information: 1/σ² of m, 2 of s.</remarks>
public readonly record struct NormalMeanDeviation : ITwoParameterFamily
{
    const double HalfLogTwoPi = 0.9189385332046728;
    const double InverseRootPi = 0.5641895835477563;

    public Link MeanLink => Link.Identity;

    public string SpreadName => "sd";

    public string Domain => "of finite numbers";

    public bool InDomain(double y) => double.IsFinite(y);

    public double Loss(double y, double location, double spread)
    {
        var sigma = SpreadScore.ParameterOf(spread);
        var z = (y - location) / sigma;
        return VectorMath.Log(sigma) + 0.5 * z * z + HalfLogTwoPi;
    }

    public (double Gradient, double Information) LocationSlope(double y, double location, double spread)
    {
        var sigma = SpreadScore.ParameterOf(spread);
        return ((location - y) / (sigma * sigma), 1 / (sigma * sigma));
    }

    public (double Gradient, double Information) SpreadSlope(double y, double location, double spread)
    {
        var z = (y - location) / SpreadScore.ParameterOf(spread);
        return (1 - z * z, 2);
    }

    public double LocationUnit(double spread) => SpreadScore.ParameterOf(spread) * SpreadScore.ParameterOf(spread);

    public double Deviation(double mean, double spread) => SpreadScore.ParameterOf(spread);

    public double Quantile(double share, double mean, double spread) =>
        mean + SpreadScore.ParameterOf(spread) * NormalDistribution.Quantile(share);

    /// <remarks>σ·(z·(2Φ(z) − 1) + 2φ(z) − 1/√π).</remarks>
    /// <inheritdoc/>
    public double RankedScore(double y, double mean, double spread)
    {
        var sigma = SpreadScore.ParameterOf(spread);
        var z = (y - mean) / sigma;
        return sigma * (z * (2 * NormalDistribution.Cumulative(z) - 1) + 2 * NormalDistribution.Density(z) - InverseRootPi);
    }
}
