namespace Halley.Glm;

/// <summary>Whether a term as a whole has an effect (type III): the fit against the one without it, interactions that hold it kept.</summary>
public sealed record TermTest
{
    /// <summary>Name of the term.</summary>
    public required string Term { get; init; }

    /// <summary>Coefficients that the term adds; for a smooth its effective degrees of freedom.</summary>
    public required double Degrees { get; init; }

    /// <summary>b′V⁻¹b of the term's effect b with covariance V; chi-squared where the term has none. For a smooth over the directions that the penalty leaves open.</summary>
    public required double Wald { get; init; }

    /// <summary>Of <see cref="Wald"/>: by chi-squared, or by F where the dispersion is estimated and the test asked for is F.</summary>
    public required double WaldPValue { get; init; }

    /// <summary>Rise of the deviance without the term, over the dispersion; null where only Wald tests were asked for.</summary>
    public double? LikelihoodRatio { get; init; }

    /// <summary>Of <see cref="LikelihoodRatio"/>, by chi-squared.</summary>
    public double? LikelihoodRatioPValue { get; init; }

    /// <summary><see cref="LikelihoodRatio"/> by degree, where the dispersion is estimated.</summary>
    public double? F { get; init; }

    /// <summary>Of <see cref="F"/>.</summary>
    public double? FPValue { get; init; }

    /// <summary>Rise of the deviance without the term.</summary>
    public double? DevianceChange { get; init; }

    /// <summary>Rise of AIC without the term, the dispersion held where it is estimated: positive means the term earns its place.</summary>
    public double? AicChange { get; init; }
}
