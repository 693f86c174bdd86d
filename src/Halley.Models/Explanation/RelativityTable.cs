using Halley.Glm;
using Halley.Statistics;

namespace Halley.Models;

/// <summary>The rating table of a fitted GLM as the artefact keeps it.</summary>
static class RelativityTable
{
    /// <summary>The constant and each number's coefficient, then every level of every factor; empty for other learners.</summary>
    public static IReadOnlyList<Relativity> Of(FitOutcome outcome, double confidenceLevel)
    {
        if (outcome is not GlmFit fit)
            return [];
        var multiplies = fit.Link.Function is LinkFunction.Log or LinkFunction.Logit;
        // Normal quantile: the counts of rows in a tariff make Student's t the same.
        var z = NormalDistribution.Quantile(0.5 + confidenceLevel / 2);
        var numbers = fit
            .Coefficients.Where(coefficient => coefficient.Level is null)
            .Select(coefficient => OfNumber(coefficient, multiplies, z));
        var levels = fit.Relativities.SelectMany(term => term.Levels.Select(level => OfLevel(term.Term, level, multiplies, z)));
        return [.. numbers, .. levels];
    }

    static Relativity OfNumber(GlmCoefficient coefficient, bool multiplies, double z)
    {
        var estimate = coefficient.IsAliased ? 0 : coefficient.Estimate;
        return Line(coefficient.Term, coefficient.Name, isBase: false, estimate, coefficient.StandardError, multiplies, z);
    }

    static Relativity OfLevel(string term, LevelRelativity level, bool multiplies, double z) =>
        Line(term, level.Level, level.IsBase, level.Coefficient, level.StandardError, multiplies, z) with
        {
            Exposure = level.Exposure,
        };

    static Relativity Line(string factor, string level, bool isBase, double coefficient, double error, bool multiplies, double z)
    {
        var known = !isBase && double.IsFinite(error);
        return new()
        {
            Factor = factor,
            Level = level,
            IsBase = isBase,
            Coefficient = coefficient,
            StandardError = known ? error : null,
            Value = Shown(coefficient, multiplies),
            Lower = known ? Shown(coefficient - z * error, multiplies) : null,
            Upper = known ? Shown(coefficient + z * error, multiplies) : null,
        };
    }

    /// <summary>Kept finite: a figure of a report, not of a price.</summary>
    static double Shown(double coefficient, bool multiplies) =>
        multiplies ? Math.Min(Kernels.VectorMath.Exp(coefficient), double.MaxValue) : coefficient;
}
