namespace Halley.Statistics;

/// <summary>An exponential dispersion family: E(Y) = μ, Var(Y) = φ·V(μ)/w. Each formula is written here once, for one row.</summary>
/// <remarks>Structs implement it, so that a loop taking <c>where TFamily : struct, IFamily</c> is compiled with the formula inside.</remarks>
public interface IFamily
{
    /// <summary>Name as in specs and model files, such as <c>poisson</c> or <c>tweedie(1.5)</c>.</summary>
    string Name { get; }

    /// <summary>The link whose η is the natural parameter; null where it is none of <see cref="Link"/>'s.</summary>
    Link? CanonicalLink { get; }

    /// <summary>The link used where a spec names none: log for counts and amounts.</summary>
    Link DefaultLink { get; }

    /// <summary>Whether φ is 1 by definition (Poisson, binomial) rather than estimated.</summary>
    bool FixedDispersion { get; }

    /// <summary>Whether the rows have a likelihood that R's <c>logLik</c> gives: not under quasi-likelihood, nor for Tweedie.</summary>
    bool HasLikelihood { get; }

    /// <summary>Whether the family's own parameter (Tweedie power, negative binomial θ) is to be estimated with the coefficients.</summary>
    bool IsShapeEstimated { get; }

    /// <summary>The domain of y in words for an error: <c>y ≥ 0</c>.</summary>
    string Domain { get; }

    /// <summary>Whether y can be observed. False for NaN and infinities.</summary>
    bool InDomain(double y);

    /// <summary>Whether μ is a possible mean. False for NaN and infinities.</summary>
    bool MeanInDomain(double mu);

    /// <summary>V(μ).</summary>
    double Variance(double mu);

    /// <summary>d(y, μ) ≥ 0, zero where y = μ, so that the deviance is Σ w·d.</summary>
    double UnitDeviance(double y, double mu);

    /// <summary>ln f(y; μ, φ) times or by the weight as R's <c>glm</c> has it; the family says which.</summary>
    double LogLikelihood(double y, double mu, double weight, double dispersion);

    /// <summary>The φ that R's <c>logLik</c> and <c>AIC</c> plug in.</summary>
    /// <param name="deviance">Σ w·d.</param>
    /// <param name="rowCount">Number of rows with a positive weight.</param>
    /// <param name="weightSum">Σ w.</param>
    double LikelihoodDispersion(double deviance, double rowCount, double weightSum);
}
