namespace Halley.Statistics;

/// <summary>Poisson's mean and variance with a dispersion φ that is estimated: Var(Y) = φ·μ. No likelihood, so no AIC.</summary>
/// <remarks>Source: Wedderburn (1974), Biometrika 61(3), 439–447.</remarks>
public readonly record struct QuasiPoissonFamily : IFamily
{
    public string Name => "quasipoisson";

    public Link? CanonicalLink => Link.Log;

    public Link DefaultLink => Link.Log;

    public bool FixedDispersion => false;

    public bool HasLikelihood => false;

    public bool IsShapeEstimated => false;

    public string Domain => default(PoissonFamily).Domain;

    public bool InDomain(double y) => default(PoissonFamily).InDomain(y);

    public bool MeanInDomain(double mu) => default(PoissonFamily).MeanInDomain(mu);

    public double Variance(double mu) => mu;

    public double UnitDeviance(double y, double mu) => default(PoissonFamily).UnitDeviance(y, mu);

    /// <summary>NaN: there is only a quasi-likelihood.</summary>
    public double LogLikelihood(double y, double mu, double weight, double dispersion) => double.NaN;

    public double LikelihoodDispersion(double deviance, double rowCount, double weightSum) => deviance / rowCount;
}
