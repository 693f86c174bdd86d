namespace Halley.Statistics;

/// <summary>Binomial share of successes: V(μ) = μ·(1 − μ), the weight is the number of trials (1 for yes and no).</summary>
/// <remarks>d = 2·(y·ln(y/μ) + (1 − y)·ln((1 − y)/(1 − μ))), with 0·ln 0 = 0.</remarks>
public readonly record struct BinomialFamily : IFamily
{
    public string Name => "binomial";

    public Link? CanonicalLink => Link.Logit;

    public Link DefaultLink => Link.Logit;

    public bool FixedDispersion => true;

    public bool HasLikelihood => true;

    public bool IsShapeEstimated => false;

    public string Domain => "0 ≤ y ≤ 1";

    public bool InDomain(double y) => y >= 0 && y <= 1;

    public bool MeanInDomain(double mu) => mu > 0 && mu < 1;

    public double Variance(double mu) => mu * (1 - mu);

    public double UnitDeviance(double y, double mu) => 2 * (RelativeEntropy.Of(y, mu) + RelativeEntropy.Of(1 - y, 1 - mu));

    /// <summary>ln P(w·y successes in w trials), both rounded to whole numbers as in R.</summary>
    public double LogLikelihood(double y, double mu, double weight, double dispersion) =>
        weight > 0 ? BinomialDistribution.LogProbability(Math.Round(weight * y), Math.Round(weight), mu) : 0;

    public double LikelihoodDispersion(double deviance, double rowCount, double weightSum) => 1;
}
