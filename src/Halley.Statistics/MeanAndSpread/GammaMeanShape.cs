using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>Gamma with mean μ = e^m and shape α = e^s; its coefficient of variation is 1/√α.</summary>
/// <remarks>
/// −ln f = α·(r − ln r − s) + ln y + ln Γ(α), r = y/μ. Fisher information: α of m, α²·ψ′(α) − α of s.
/// </remarks>
public readonly record struct GammaMeanShape : ITwoParameterFamily
{
    public Link MeanLink => Link.Log;

    public string SpreadName => "shape";

    public string Domain => "above 0";

    public bool InDomain(double y) => y > 0 && double.IsFinite(y);

    public double Loss(double y, double location, double spread)
    {
        var alpha = SpreadScore.ParameterOf(spread);
        var logY = VectorMath.Log(y);
        var logRatio = logY - location;
        return alpha * (VectorMath.Exp(logRatio) - logRatio - VectorMath.Log(alpha)) + logY + GammaFunction.Log(alpha);
    }

    public (double Gradient, double Information) LocationSlope(double y, double location, double spread)
    {
        var alpha = SpreadScore.ParameterOf(spread);
        return (alpha * (1 - y * VectorMath.Exp(-location)), alpha);
    }

    public (double Gradient, double Information) SpreadSlope(double y, double location, double spread)
    {
        var alpha = SpreadScore.ParameterOf(spread);
        var logRatio = VectorMath.Log(y) - location;
        var slope = VectorMath.Exp(logRatio) - logRatio - VectorMath.Log(alpha) - 1 + GammaFunction.Digamma(alpha);
        return (alpha * slope, InformationOf(alpha));
    }

    public double LocationUnit(double spread) => 1 / SpreadScore.ParameterOf(spread);

    public double Deviation(double mean, double spread) => mean / Math.Sqrt(SpreadScore.ParameterOf(spread));

    public double Quantile(double share, double mean, double spread)
    {
        var alpha = SpreadScore.ParameterOf(spread);
        return mean / alpha * GammaDistribution.Quantile(share, alpha);
    }

    /// <remarks>y·(2F_α(y) − 1) − μ·(2F_{α+1}(y) − 1) − μ/(α·B(½, α)): Scheuerer and Möller (2015), Ann. Appl. Statist. 9(3), 1328–1349.</remarks>
    /// <inheritdoc/>
    public double RankedScore(double y, double mean, double spread)
    {
        var alpha = SpreadScore.ParameterOf(spread);
        var x = y * alpha / mean;
        var beta = GammaFunction.Log(0.5) + GammaFunction.Log(alpha) - GammaFunction.Log(alpha + 0.5);
        return y * (2 * GammaDistribution.Cumulative(x, alpha) - 1)
            - mean * (2 * GammaDistribution.Cumulative(x, alpha + 1) - 1)
            - mean / alpha * VectorMath.Exp(-beta);
    }

    /// <summary>α²·ψ′(α) − α; far out, where the two are alike, by ψ′'s series: ½ + 1/(6α) − 1/(30α³).</summary>
    static double InformationOf(double alpha) =>
        alpha > 1000 ? 0.5 + 1 / (6 * alpha) : alpha * (alpha * GammaFunction.Trigamma(alpha) - 1);
}
