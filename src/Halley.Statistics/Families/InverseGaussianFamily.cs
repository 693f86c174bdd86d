using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>Inverse Gaussian: V(μ) = μ³, d = (y − μ)²/(y·μ²). For claim amounts with a heavier tail than gamma's.</summary>
public readonly record struct InverseGaussianFamily : IFamily
{
    public string Name => "inversegaussian";

    public Link? CanonicalLink => Link.Power(-2);

    public Link DefaultLink => Link.Log;

    public bool FixedDispersion => false;

    public bool HasLikelihood => true;

    public bool IsShapeEstimated => false;

    public string Domain => "y > 0";

    public bool InDomain(double y) => y > 0 && y < double.PositiveInfinity;

    public bool MeanInDomain(double mu) => mu > 0 && mu < double.PositiveInfinity;

    public double Variance(double mu) => mu * mu * mu;

    public double UnitDeviance(double y, double mu)
    {
        var relative = (y - mu) / mu;
        return relative * relative / y;
    }

    /// <summary>−w·(ln(2π·φ·y³) + d/φ)/2: the weight counts rows, as in R, and does not divide φ.</summary>
    public double LogLikelihood(double y, double mu, double weight, double dispersion) =>
        weight > 0
            ? -0.5
                * weight
                * (VectorMath.Log(2 * Math.PI * dispersion) + 3 * VectorMath.Log(y) + UnitDeviance(y, mu) / dispersion)
            : 0;

    /// <summary>Deviance over the sum of the weights.</summary>
    public double LikelihoodDispersion(double deviance, double rowCount, double weightSum) => deviance / weightSum;
}
