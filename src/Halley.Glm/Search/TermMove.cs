using Halley.Statistics;

namespace Halley.Glm;

/// <summary>A term added to a model or dropped from it, and what that changes.</summary>
/// <remarks>
/// AIC as R's <c>add1</c>, <c>drop1</c> and <c>step</c> have it: where the dispersion is estimated (but for Gaussian models) it is that
/// of the model before the move. The p-value is of the larger model against the smaller: χ² of the deviance where the
/// dispersion is 1, F with the larger model's dispersion where it is estimated (R's <c>anova</c>), χ² of the likelihood where the
/// family's own parameter is.
/// </remarks>
public sealed record TermMove
{
    /// <summary>Name of the term.</summary>
    public required string Term { get; init; }

    /// <summary>Whether the term comes in; else it goes.</summary>
    public required bool IsAdded { get; init; }

    /// <summary>Change of the deviance; of −2 log likelihood where the family's own parameter is estimated.</summary>
    public required double DevianceChange { get; init; }

    /// <summary>Change of the degrees of freedom used: above 0 for an added term.</summary>
    public required double Degrees { get; init; }

    /// <summary>Of the hypothesis that the term has no effect beside the others.</summary>
    public required double PValue { get; init; }

    /// <summary>Below 0 where the move makes a better model.</summary>
    public required double AicChange { get; init; }

    /// <summary>Change of the deviance of held-out rows by unit of exposure; null where the search does not hold out rows.</summary>
    public double? HeldOutChange { get; init; }

    /// <summary>Its standard error over folds.</summary>
    public double? HeldOutError { get; init; }

    /// <summary>By how much the criterion falls.</summary>
    internal double Gain => -(HeldOutChange ?? AicChange);

    /// <summary>The move from one fit to another; null where the term adds no coefficient of its own.</summary>
    public static TermMove? Of(string term, bool isAdded, GlmFit before, GlmFit after)
    {
        var (larger, smaller) = isAdded ? (after, before) : (before, after);
        var degrees = larger.EffectiveDegrees - smaller.EffectiveDegrees;
        if (!(degrees > 1e-6) || !after.Converged)
            return null;
        var isEstimated = !larger.Family.FixedDispersion && larger.Shape is null;
        var change = larger.Shape is null
            ? after.Deviance - before.Deviance
            : -2 * (after.LogLikelihood - before.LogLikelihood)!.Value;
        var fall = Math.Abs(Math.Min(isAdded ? change : -change, 0));
        return new()
        {
            Term = term,
            IsAdded = isAdded,
            DevianceChange = change,
            Degrees = isAdded ? degrees : -degrees,
            PValue = isEstimated
                ? FDistribution.Upper(fall / larger.Dispersion / degrees, degrees, larger.ResidualDegrees)
                : ChiSquaredDistribution.Upper(fall, degrees),
            AicChange =
                isEstimated && larger.Family != Family.Gaussian
                    ? change / before.Dispersion + 2 * (after.EffectiveDegrees - before.EffectiveDegrees)
                    : (after.Aic - before.Aic)!.Value,
        };
    }
}
