using System.Diagnostics.CodeAnalysis;
using Halley.Data;
using Halley.Statistics;

namespace Halley.Glm;

/// <summary>What the learner refuses: HLY21xx. Rows are numbered from 1.</summary>
static class GlmErrors
{
    [DoesNotReturn]
    internal static void ThrowOptions(IEnumerable<string> problems) =>
        throw new HalleyException("HLY2101", $"the model's options can't be used: {string.Join("; ", problems)}.");

    [DoesNotReturn]
    internal static void ThrowTarget(string column, int row, double value, Family family) =>
        throw new HalleyException(
            "HLY2102",
            $"target column '{column}', row {row + 1}: {InvariantText.Of(value)} is outside the domain {family.Domain} of the "
                + $"{family.Name} family. Correct the row, or leave such rows out with a filter on '{column}'"
                + (value == 0 ? ", for example \"" + column + " > 0\"." : ".")
        );

    [DoesNotReturn]
    internal static void ThrowNoWeight(string? column) =>
        throw new HalleyException(
            "HLY2103",
            column is null
                ? "there are no rows to fit on. Check the filter and the split."
                : $"weight column '{column}': the weights sum to zero, so there is nothing to fit. Name another column, or leave the weight out."
        );

    [DoesNotReturn]
    internal static void ThrowWide(int coefficients, int rows, string largestTerm, int largest) =>
        throw new HalleyException(
            "HLY2104",
            $"the design has {coefficients} columns for {rows} rows with weight, {largest} of them from '{largestTerm}'. "
                + "Group that term's levels or leave terms out."
        );

    [DoesNotReturn]
    internal static void ThrowMissing(string term, string column, int row) =>
        throw new HalleyException(
            "HLY2105",
            $"term '{term}', column '{column}', row {row + 1}: the value is missing. Declare what missing means (a level of its own, "
                + "or a value in its place), or leave such rows out with a filter."
        );

    [DoesNotReturn]
    internal static void ThrowAllMissing(string term, string column) =>
        throw new HalleyException(
            "HLY2105",
            $"term '{term}': every value of column '{column}' is missing. Leave the term out, or correct the column."
        );

    [DoesNotReturn]
    internal static void ThrowKind(string term, Column column) =>
        throw new HalleyException(
            "HLY2106",
            $"term '{term}': column '{column.Name}' is of kind {column.Kind.ToString().ToLowerInvariant()}, which can't be a feature. "
                + (
                    column.Kind == FieldKind.Exposure
                        ? "Name it as the model's exposure."
                        : "Make it a category in the schema, or name another column."
                )
        );

    [DoesNotReturn]
    internal static void ThrowTermKind(string term, Column column, string wanted, string remedy) =>
        throw new HalleyException(
            "HLY2106",
            $"term '{term}' needs {wanted}, and column '{column.Name}' is of kind {column.Kind.ToString().ToLowerInvariant()}. {remedy}"
        );

    [DoesNotReturn]
    internal static void ThrowLevel(string term, string role, string level, IReadOnlyList<string> levels) =>
        throw new HalleyException(
            "HLY2107",
            $"term '{term}': the {role} '{level}' is not among its levels with rows: {string.Join(", ", levels.Take(20))}"
                + (levels.Count > 20 ? $" and {levels.Count - 20} more." : ".")
        );

    [DoesNotReturn]
    internal static void ThrowNotPositive(string term, string column, int row, double value) =>
        throw new HalleyException(
            "HLY2108",
            $"term '{term}', column '{column}', row {row + 1}: {InvariantText.Of(value)} has no logarithm. "
                + $"Leave such rows out with a filter \"{column} > 0\", or derive a column that is positive."
        );

    [DoesNotReturn]
    internal static void ThrowNotFinite(string term, string column, int row, double value) =>
        throw new HalleyException(
            "HLY2108",
            $"term '{term}', column '{column}', row {row + 1}: {InvariantText.Of(value)} is too large to be used. "
                + "Correct the row, rescale the column, or lower the degree."
        );

    [DoesNotReturn]
    internal static void ThrowDegree(string term, string column, int degree, int distinct) =>
        throw new HalleyException(
            "HLY2109",
            $"term '{term}': degree {degree} needs more than {distinct} distinct values of column '{column}'. "
                + $"Use degree {Math.Max(distinct - 1, 1)} or less, or a factor."
        );

    [DoesNotReturn]
    internal static void ThrowTooManyLevels(string term, long count, long limit) =>
        throw new HalleyException(
            "HLY2110",
            $"term '{term}' has {count} levels or cells; the limit is {limit}. Band the column, group its levels, or use it as a number."
        );

    [DoesNotReturn]
    internal static void ThrowTooManyCoefficients(int coefficients, string largestTerm, int largest, int limit) =>
        throw new HalleyException(
            "HLY2110",
            $"the model has {coefficients} coefficients, {largest} levels or columns from '{largestTerm}'; the limit is {limit} beside one plain factor, "
                + "in a model without smooths, credibility, territories and interactions of that factor. "
                + "Group the levels, leave out those terms, or boost trees."
        );

    [DoesNotReturn]
    internal static void ThrowManyLevels(string what, string remedy) =>
        throw new HalleyException(
            "HLY2122",
            $"{what} needs the covariances of all pairs of coefficients, and a factor of so many levels has too many. {remedy}."
        );

    [DoesNotReturn]
    internal static void ThrowTooManyPairs(DesignTerm one, DesignTerm other) =>
        throw new HalleyException(
            "HLY2110",
            $"terms '{one.Name}' ({one.Encoded.CellCount} levels or cells) and '{other.Name}' ({other.Encoded.CellCount}) have too many "
                + "pairs of levels to fit together. Group the levels of one of them, or use it as a number."
        );

    [DoesNotReturn]
    internal static void ThrowStart(string link, double eta) =>
        throw new HalleyException(
            "HLY2111",
            $"the fit can't start: with this offset the {link} link gives no allowed mean at linear predictor {InvariantText.Of(eta)}. "
                + "Use the log link, or leave the offset out."
        );

    [DoesNotReturn]
    internal static void ThrowMean(string column, double mean, string family) =>
        throw new HalleyException(
            "HLY2112",
            $"target column '{column}': its mean over the learn rows is {InvariantText.Of(mean)}, so a {family} model has nothing to tell "
                + "apart. Check the target and the filter."
        );

    [DoesNotReturn]
    internal static void ThrowExposureLink(string column, string link) =>
        throw new HalleyException(
            "HLY2113",
            $"exposure column '{column}' is to enter as log(exposure) in the offset, which needs the log link (or cloglog), not {link}. "
                + "Use the log link, or let the exposure make a rate."
        );

    [DoesNotReturn]
    internal static void ThrowOneCluster(string column) =>
        throw new HalleyException(
            "HLY2115",
            $"cluster column '{column}' has one value in all rows; clustered errors need two clusters or more, better fifty. Name another column."
        );

    [DoesNotReturn]
    internal static void ThrowKnot(string term, string column, double knot, double low, double high) =>
        throw new HalleyException(
            "HLY2116",
            $"term '{term}': knot {InvariantText.Of(knot)} is not inside the range of column '{column}', "
                + $"{InvariantText.Of(low)} to {InvariantText.Of(high)}. Leave it out, or move it inside."
        );

    [DoesNotReturn]
    internal static void ThrowFewValues(string term, string column, int coefficients, int distinct) =>
        throw new HalleyException(
            "HLY2117",
            $"term '{term}' has {coefficients} coefficients, and column '{column}' only {distinct} distinct values. "
                + "Lower its size or leave out knots, or use a factor or a number."
        );

    [DoesNotReturn]
    internal static void ThrowNoCurve(string factor, string level) =>
        throw new HalleyException(
            "HLY2121",
            $"the smooth by '{factor}' has no curve left: '{level}' is the only level with rows, and the smooth without it stands for that one. "
                + "Leave the smooth by level out."
        );

    [DoesNotReturn]
    internal static void ThrowConstantMultiple(string term, string column) =>
        throw new HalleyException(
            "HLY2121",
            $"term '{term}' multiplies a smooth by column '{column}', which has one value in all rows. Leave the number out: the smooth alone is the same."
        );

    [DoesNotReturn]
    internal static void ThrowNoNeighbour(string term, string level) =>
        throw new HalleyException(
            "HLY2118",
            $"term '{term}': level '{level}' has no neighbour among the levels with rows, so nothing holds its effect. "
                + "Name one (an island's nearest harbour, for example), or group the level."
        );

    [DoesNotReturn]
    internal static void ThrowRelativity(string term, string level, double value, string link) =>
        throw new HalleyException(
            "HLY2119",
            $"term '{term}': the relativity of '{level}' is {InvariantText.Of(value)}; under the {link} link it is a factor above 0. Correct it."
        );

    [DoesNotReturn]
    internal static void ThrowFixedBase(string term, string level) =>
        throw new HalleyException(
            "HLY2119",
            $"term '{term}': '{level}' has a given relativity and is the base level, having the most exposure. Name another base level."
        );

    [DoesNotReturn]
    internal static void ThrowNoRows() =>
        throw new HalleyException(
            "HLY2125",
            "a streamed fit keeps no rows, so it has no residuals, leverages or clustered errors. Fit in memory, on a sample of the rows if need be."
        );

    [DoesNotReturn]
    internal static void ThrowNotStreamed(string what, string remedy) =>
        throw new HalleyException("HLY2125", $"{what} can't be fitted in streaming passes. {remedy}, or fit in memory.");

    [DoesNotReturn]
    internal static void ThrowControl(string column, string problem) =>
        throw new HalleyException("HLY2114", $"control '{column}': {problem}");

    internal static HalleyException NotInR(string what, string remedy) =>
        new("HLY2151", $"R can't refit this model: {what}. {remedy}, or compare with predictions in place of a refit.");
}
