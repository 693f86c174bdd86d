using Halley.Glm;
using Halley.Statistics;

namespace Halley.Models;

/// <summary>The rating table of a fitted GLM as the artefact keeps it.</summary>
static class RelativityTable
{
    /// <summary>The constant and each number's coefficient, then every level of every factor; empty for learners without factors.</summary>
    public static IReadOnlyList<Relativity> Of(FitOutcome outcome)
    {
        if (outcome is RatingFit rating)
            return
            [
                .. rating.Relativities.SelectMany(term =>
                    term.Levels.Select(level => OfLevel(term.Term, level, multiplies: true))
                ),
            ];
        if (outcome is not GlmFit fit)
            return [];
        var multiplies = fit.Link.Function is LinkFunction.Log or LinkFunction.Logit;
        // Terms of levels have a line for each level; all others, products of levels and numbers too, one for each coefficient.
        var tables = fit.Relativities.Select(term => term.Term).ToHashSet(StringComparer.Ordinal);
        var numbers = fit
            .Coefficients.Where(coefficient => !tables.Contains(coefficient.Term))
            .Select(coefficient => OfNumber(coefficient, multiplies));
        var own = fit.Coefficients.Where(coefficient => coefficient.Level is not null).ToLookup(one => (one.Term, one.Level!));
        var levels = fit.Relativities.SelectMany(term =>
            term.Levels.Select(level =>
                WithPValue(OfLevel(term.Term, level, multiplies), own[(term.Term, level.Level)].FirstOrDefault())
            )
        );
        return [.. numbers, .. levels];
    }

    static Relativity OfNumber(GlmCoefficient own, bool multiplies) =>
        WithPValue(
            Line(
                own.Term,
                own.Name,
                own.IsAliased ? 0 : own.Estimate,
                double.IsFinite(own.StandardError) ? (own.StandardError, own.Lower, own.Upper) : null,
                multiplies
            ),
            own
        );

    static Relativity WithPValue(Relativity line, GlmCoefficient? own) =>
        line.StandardError is null || own is null || !double.IsFinite(own.PValue) ? line : line with { PValue = own.PValue };

    static Relativity OfLevel(string term, LevelRelativity level, bool multiplies)
    {
        // A level that a rule holds equal to the base has no error of its own.
        var isKnown = !level.IsBase && !level.IsFixed && level.StandardError is > 0 and < double.PositiveInfinity;
        // The fit has the ends on the scale of relativities.
        return Line(
            term,
            level.Level,
            level.Coefficient,
            isKnown ? (level.StandardError, Kernels.VectorMath.Log(level.Lower), Kernels.VectorMath.Log(level.Upper)) : null,
            multiplies
        ) with
        {
            IsBase = level.IsBase,
            Exposure = level.Exposure,
        };
    }

    static Relativity Line(
        string factor,
        string level,
        double coefficient,
        (double Error, double Lower, double Upper)? spread,
        bool multiplies
    ) =>
        new()
        {
            Factor = factor,
            Level = level,
            IsBase = false,
            Coefficient = coefficient,
            StandardError = spread?.Error,
            Value = Shown(coefficient, multiplies),
            Lower = spread is { } low ? Shown(low.Lower, multiplies) : null,
            Upper = spread is { } high ? Shown(high.Upper, multiplies) : null,
        };

    /// <summary>Kept finite: a figure of a report, not of a price.</summary>
    static double Shown(double coefficient, bool multiplies) =>
        Math.Clamp(multiplies ? Kernels.VectorMath.Exp(coefficient) : coefficient, double.MinValue, double.MaxValue);
}
