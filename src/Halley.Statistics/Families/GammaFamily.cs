using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>Gamma: V(μ) = μ², d = 2·((y − μ)/μ − ln(y/μ)).</summary>
public readonly record struct GammaFamily : IFamily
{
    public string Name => "gamma";

    public Link? CanonicalLink => Link.Reciprocal;

    public Link DefaultLink => Link.Log;

    public bool FixedDispersion => false;

    public bool HasLikelihood => true;

    public bool IsShapeEstimated => false;

    public string Domain => "y > 0";

    public bool InDomain(double y) => y > 0 && y < double.PositiveInfinity;

    public bool MeanInDomain(double mu) => mu > 0 && mu < double.PositiveInfinity;

    public double Variance(double mu) => mu * mu;

    /// <summary>D₀(μ, y)·2/μ; +∞ at y = 0, where the deviance has no value.</summary>
    public double UnitDeviance(double y, double mu) => 2 * RelativeEntropy.Of(mu, y) / mu;

    /// <summary>w·ln f with shape 1/φ and mean μ: the weight counts rows, as in R, and does not divide φ.</summary>
    public double LogLikelihood(double y, double mu, double weight, double dispersion)
    {
        if (!(weight > 0))
            return 0;
        var shape = 1 / dispersion;
        var density = shape * VectorMath.Log(shape * y / mu) - shape * y / mu - VectorMath.Log(y) - GammaFunction.Log(shape);
        return weight * density;
    }

    /// <summary>Deviance over the sum of the weights.</summary>
    public double LikelihoodDispersion(double deviance, double rowCount, double weightSum) => deviance / weightSum;
}
