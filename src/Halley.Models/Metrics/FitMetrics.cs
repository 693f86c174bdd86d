using Halley.Boosting;
using Halley.Glm;
using Halley.Statistics;

namespace Halley.Models;

/// <summary>What the learner itself says of its fit; stands with the learn part's figures.</summary>
static class FitMetrics
{
    public static IReadOnlyList<Metric> Of(FitOutcome outcome) =>
        outcome switch
        {
            GlmFit fit => [.. OfGlm(fit).OfType<Metric>().Where(metric => double.IsFinite(metric.Value))],
            BoostingFit fit => [new("rounds", fit.BestRound), .. ShapeOf(fit)],
            _ => [],
        };

    static IEnumerable<Metric> ShapeOf(BoostingFit fit)
    {
        if (fit.Shape is { } shape)
            yield return new(NameOf(fit.FittedFamily), shape);
    }

    static string NameOf(Family? family) =>
        family is null ? "zeroShare"
        : family.Name.StartsWith("tweedie", StringComparison.Ordinal) ? "power"
        : "theta";

    static IEnumerable<Metric?> OfGlm(GlmFit fit)
    {
        yield return new("parameters", fit.Penalty?.EffectiveParameters ?? fit.EffectiveDegrees);
        yield return fit.Penalty is { } penalty ? new("penaltyStrength", penalty.Strength) : null;
        yield return fit.Aic is { } aic ? new("aic", aic) : null;
        yield return fit.LogLikelihood is { } logLikelihood ? new("logLikelihood", logLikelihood) : null;
        yield return fit.Bic is { } bic ? new("bic", bic) : null;
        yield return new("dispersion", fit.Dispersion);
        yield return fit.Shape is { } shape ? new(shape.Dispersion == 1 ? "theta" : "power", shape.Value) : null;
    }
}
