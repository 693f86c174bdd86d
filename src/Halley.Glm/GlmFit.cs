using Halley.Data;
using Halley.Statistics;

namespace Halley.Glm;

/// <summary>A fitted generalised linear model.</summary>
public sealed record GlmFit : FitOutcome
{
    /// <summary>With its own parameter as it was estimated, where it was.</summary>
    public required Family Family { get; init; }

    public required Link Link { get; init; }

    /// <summary>The score with the control variables as they are in each row; the same as <see cref="FitOutcome.Scorer"/> where there are none.</summary>
    public required GlmScorer ScorerWithControls { get; init; }

    /// <summary>The constant first, then the terms in declared order; base levels have none. Aliased ones are listed.</summary>
    public required IReadOnlyList<GlmCoefficient> Coefficients { get; init; }

    /// <summary>Whether each term as a whole has an effect (type III).</summary>
    public required IReadOnlyList<TermTest> TermTests { get; init; }

    /// <summary>Of the coefficients, in their order, dispersion included, of the kind that the options ask for; NaN for aliased and unbounded ones.</summary>
    public required SymmetricMatrix Covariance { get; init; }

    /// <summary>Every term of levels, with all its levels.</summary>
    public required IReadOnlyList<TermRelativities> Relativities { get; init; }

    /// <summary>1 where the family fixes it, else Pearson's statistic over <see cref="ResidualDegrees"/>.</summary>
    public required double Dispersion { get; init; }

    /// <summary>Σ w·d(y, μ).</summary>
    public required double Deviance { get; init; }

    /// <summary>Deviance of the model with the constant alone, offset kept.</summary>
    public required double NullDeviance { get; init; }

    /// <summary>Σ w·(y − μ)²/V(μ).</summary>
    public required double PearsonStatistic { get; init; }

    /// <summary>
    /// As R's <c>logLik</c>; null where R has none (quasi-likelihood, Tweedie of a given power). Where the Tweedie power is estimated,
    /// at the dispersion of greatest likelihood.
    /// </summary>
    public required double? LogLikelihood { get; init; }

    /// <summary>As R's <c>AIC</c>: an estimated dispersion, power or θ counts as a parameter. Null where there is no likelihood.</summary>
    public required double? Aic { get; init; }

    /// <summary>Schwarz's criterion, ln n for each parameter in place of AIC's 2. Null where there is no likelihood.</summary>
    public required double? Bic { get; init; }

    /// <summary>The family's own parameter (Tweedie power, negative binomial θ), where it was estimated.</summary>
    public ShapeEstimate? Shape { get; init; }

    /// <summary>Number of coefficients that are not aliased.</summary>
    public required int Rank { get; init; }

    /// <summary>Learn rows with a positive weight.</summary>
    public required int RowCount { get; init; }

    /// <summary>Degrees of freedom that the fit uses: <see cref="Rank"/>, less what penalties take back.</summary>
    public required double EffectiveDegrees { get; init; }

    /// <summary>Minus the log restricted likelihood that penalties were chosen by; null where there are none.</summary>
    public double? RestrictedScore { get; init; }

    /// <summary>Every smooth, credibility and neighbour term: its penalty, its degrees of freedom, and a smooth's curve.</summary>
    public required IReadOnlyList<SmoothSummary> Smooths { get; init; }

    /// <summary>Rows less <see cref="EffectiveDegrees"/>.</summary>
    public double ResidualDegrees => RowCount - EffectiveDegrees;

    /// <summary>Rows less one.</summary>
    public int NullDegrees => RowCount - 1;

    /// <summary>Steps of the solver.</summary>
    public required int Iterations { get; init; }

    /// <summary>Length of the last step, in standard errors.</summary>
    public required double LastStep { get; init; }

    /// <summary>What a reader of the fit should know: aliased and constant columns, levels without rows or claims. <see cref="FitOutcome.Advice"/> joins them.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Tests, intervals, robust errors and residuals, on demand; keeps the learn rows in memory as long as the fit lives.</summary>
    public required GlmInference Inference { get; init; }

    /// <summary>How a penalised fit came about; null for maximum likelihood. Standard errors, p-values and covariance are NaN then.</summary>
    public PenaltyFit? Penalty { get; init; }

    /// <summary>The coefficient of that name, or null.</summary>
    public GlmCoefficient? Find(string name) => Coefficients.FirstOrDefault(coefficient => coefficient.Name == name);
}
