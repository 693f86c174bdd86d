using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>Normal: V(μ) = 1, d = (y − μ)².</summary>
public readonly record struct GaussianFamily : IFamily
{
    public string Name => "gaussian";

    public Link? CanonicalLink => Link.Identity;

    public Link DefaultLink => Link.Identity;

    public bool FixedDispersion => false;

    public bool HasLikelihood => true;

    public bool IsShapeEstimated => false;

    public string Domain => "finite y";

    public bool InDomain(double y) => double.IsFinite(y);

    public bool MeanInDomain(double mu) => double.IsFinite(mu);

    public double Variance(double mu) => 1;

    public double UnitDeviance(double y, double mu) => (y - mu) * (y - mu);

    /// <summary>½·ln(w/(2πφ)) − w·(y − μ)²/(2φ): the weight divides the variance.</summary>
    public double LogLikelihood(double y, double mu, double weight, double dispersion) =>
        weight > 0
            ? 0.5 * VectorMath.Log(weight / (2 * Math.PI * dispersion)) - weight * UnitDeviance(y, mu) / (2 * dispersion)
            : 0;

    /// <summary>Deviance over the number of rows, not over their weights.</summary>
    public double LikelihoodDispersion(double deviance, double rowCount, double weightSum) => deviance / rowCount;
}
