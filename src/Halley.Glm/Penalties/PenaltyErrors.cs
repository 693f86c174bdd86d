using System.Diagnostics.CodeAnalysis;
using Halley.Data;

namespace Halley.Glm;

/// <summary>What a penalised fit refuses: HLY213x. Rows are numbered from 1.</summary>
static class PenaltyErrors
{
    /// <exception cref="HalleyException">HLY2131: the penalty names a term that the model does not have.</exception>
    internal static void RefuseUnknownTerms(GlmPenalty penalty, IReadOnlyList<DesignTerm> terms)
    {
        string[] unknown =
        [
            .. penalty
                .Terms.Select(rule => rule.Term)
                .Where(name => terms.All(term => term.Name != name))
                .Select(name => $"'{name}'"),
        ];
        if (unknown.Length > 0)
            throw new HalleyException(
                "HLY2131",
                $"the penalty names {string.Join(", ", unknown)}, which the model does not have. Its terms: "
                    + $"{string.Join(", ", terms.Select(term => $"'{term.Name}'"))}."
            );
    }

    [DoesNotReturn]
    internal static void ThrowNoChain(PenaltyTerm rule) =>
        throw new HalleyException(
            "HLY2131",
            $"penalty of '{rule.Term}': steps, pairs and monotone rules need a factor or a banded term by itself. Use kind: each or group."
        );

    [DoesNotReturn]
    internal static void ThrowMissingBase(PenaltyTerm rule) =>
        throw new HalleyException(
            "HLY2131",
            $"penalty of '{rule.Term}': the base level stands for missing values and has no neighbours. Name another base level."
        );

    [DoesNotReturn]
    internal static void ThrowFewFolds(string column, int count) =>
        throw new HalleyException(
            "HLY2132",
            $"folds: column '{column}' has {count} distinct value(s) in the learn rows, and two are needed. Name another column, or draw at random."
        );

    [DoesNotReturn]
    internal static void ThrowFoldKind(string name, Column column) =>
        throw new HalleyException(
            "HLY2132",
            $"folds: column '{name}' is of kind {column.Kind.ToString().ToLowerInvariant()}, and time is a date or a number of years. "
                + "Name another column, or use it as column:."
        );

    [DoesNotReturn]
    internal static void ThrowFoldMissing(string column, int row) =>
        throw new HalleyException(
            "HLY2132",
            $"folds: column '{column}', row {row + 1}: the time is missing. Correct the row, or leave such rows out with a filter."
        );

    [DoesNotReturn]
    internal static void ThrowNoInference() =>
        throw new HalleyException(
            "HLY2133",
            "a penalised fit has no standard errors, tests or leverages: the penalty moves the estimates, and the usual formulas say "
                + "nothing true. Fit the chosen terms without the penalty to have them."
        );
}
