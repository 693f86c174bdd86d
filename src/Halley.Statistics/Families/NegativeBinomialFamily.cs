using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>Negative binomial with θ given: V(μ) = μ + μ²/θ, a Poisson whose rate is gamma with shape θ. The dispersion is 1.</summary>
/// <remarks>
/// d = 2·(y·ln(y/μ) − (y + θ)·ln((y + θ)/(μ + θ))) = 2·(D₀(y, μ) − D₀(y + θ, μ + θ)).
/// Source: Venables and Ripley (2002), Modern Applied Statistics with S, section 7.4.
/// </remarks>
public readonly record struct NegativeBinomialFamily : IFamily
{
    /// <summary>A family of the given θ.</summary>
    public NegativeBinomialFamily(double theta)
    {
        if (!(theta > 0 && double.IsFinite(theta)))
            throw new ArgumentOutOfRangeException(nameof(theta), theta, "a negative binomial's theta is positive and finite.");
        Theta = theta;
    }

    /// <summary>θ: the smaller, the more dispersed; Poisson as it grows without bound.</summary>
    public double Theta { get; }

    /// <summary>Whether the fit estimates θ; <see cref="Theta"/> is then not used.</summary>
    public bool IsShapeEstimated { get; init; }

    public string Name => IsShapeEstimated ? "negbinomial" : NamedNumber.Format("negbinomial", Theta);

    /// <summary>None of ours: the natural parameter is ln(μ/(μ + θ)).</summary>
    public Link? CanonicalLink => null;

    public Link DefaultLink => Link.Log;

    public bool FixedDispersion => true;

    public bool HasLikelihood => true;

    public string Domain => "y ≥ 0";

    public bool InDomain(double y) => y >= 0 && y < double.PositiveInfinity;

    public bool MeanInDomain(double mu) => mu > 0 && mu < double.PositiveInfinity;

    public double Variance(double mu) => mu + mu * mu / Theta;

    public double UnitDeviance(double y, double mu) =>
        Math.Max(2 * (RelativeEntropy.Of(y, mu) - RelativeEntropy.Of(y + Theta, mu + Theta)), 0);

    /// <summary>w·ln f with f = Γ(θ + y)/(Γ(θ)·y!)·θ^θ·μ^y/(θ + μ)^(θ + y).</summary>
    public double LogLikelihood(double y, double mu, double weight, double dispersion) =>
        weight > 0
            ? weight
                * (
                    GammaFunction.Log(Theta + y)
                    - GammaFunction.Log(Theta)
                    - GammaFunction.Log(y + 1)
                    - Theta * VectorMath.LogOnePlus(mu / Theta)
                    + (y > 0 ? y * VectorMath.Log(mu / (mu + Theta)) : 0)
                )
            : 0;

    /// <summary>Slope and curvature of the log likelihood in θ.</summary>
    /// <remarks>
    /// ψ(θ + y) − ψ(θ) + ln(θ/(θ + μ)) + (μ − y)/(θ + μ), and ψ′(θ + y) − ψ′(θ) + 1/θ − 2/(θ + μ) + (y + θ)/(θ + μ)².
    /// </remarks>
    public (double Slope, double Curvature) ShapeDerivatives(double y, double mu, double weight)
    {
        var sum = Theta + mu;
        var slope =
            GammaFunction.Digamma(Theta + y) - GammaFunction.Digamma(Theta) - VectorMath.LogOnePlus(mu / Theta) + (mu - y) / sum;
        var curvature =
            GammaFunction.Trigamma(Theta + y) - GammaFunction.Trigamma(Theta) + 1 / Theta - 2 / sum + (y + Theta) / (sum * sum);
        return (weight * slope, weight * curvature);
    }

    public double LikelihoodDispersion(double deviance, double rowCount, double weightSum) => 1;
}
