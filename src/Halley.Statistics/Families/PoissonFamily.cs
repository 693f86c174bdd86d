namespace Halley.Statistics;

/// <summary>Poisson: V(μ) = μ, d = 2·(y·ln(y/μ) − y + μ), 2μ at y = 0.</summary>
public readonly record struct PoissonFamily : IFamily
{
    public string Name => "poisson";

    public Link? CanonicalLink => Link.Log;

    public Link DefaultLink => Link.Log;

    public bool FixedDispersion => true;

    public bool HasLikelihood => true;

    public bool IsShapeEstimated => false;

    public string Domain => "y ≥ 0";

    public bool InDomain(double y) => y >= 0 && y < double.PositiveInfinity;

    public bool MeanInDomain(double mu) => mu > 0 && mu < double.PositiveInfinity;

    public double Variance(double mu) => mu;

    public double UnitDeviance(double y, double mu) => 2 * RelativeEntropy.Of(y, mu);

    /// <summary>w·(y·ln μ − μ − ln y!), with Γ(y + 1) for y!, so that rates have a value too.</summary>
    public double LogLikelihood(double y, double mu, double weight, double dispersion) =>
        weight > 0 ? weight * PoissonDistribution.LogProbability(y, mu) : 0;

    public double LikelihoodDispersion(double deviance, double rowCount, double weightSum) => 1;
}
