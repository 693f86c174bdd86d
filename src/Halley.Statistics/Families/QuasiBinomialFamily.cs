namespace Halley.Statistics;

/// <summary>The binomial's mean and variance with a dispersion φ that is estimated: Var(Y) = φ·μ·(1 − μ)/w. No likelihood, so no AIC.</summary>
/// <remarks>Source: Wedderburn (1974), Biometrika 61(3), 439–447.</remarks>
public readonly record struct QuasiBinomialFamily : IFamily
{
    public string Name => "quasibinomial";

    public Link? CanonicalLink => Link.Logit;

    public Link DefaultLink => Link.Logit;

    public bool FixedDispersion => false;

    public bool HasLikelihood => false;

    public bool IsShapeEstimated => false;

    public string Domain => default(BinomialFamily).Domain;

    public bool InDomain(double y) => default(BinomialFamily).InDomain(y);

    public bool MeanInDomain(double mu) => default(BinomialFamily).MeanInDomain(mu);

    public double Variance(double mu) => default(BinomialFamily).Variance(mu);

    public double UnitDeviance(double y, double mu) => default(BinomialFamily).UnitDeviance(y, mu);

    /// <summary>NaN: there is only a quasi-likelihood.</summary>
    public double LogLikelihood(double y, double mu, double weight, double dispersion) => double.NaN;

    public double LikelihoodDispersion(double deviance, double rowCount, double weightSum) => deviance / rowCount;
}
