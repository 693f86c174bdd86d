using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Halley.Data;

namespace Halley.Boosting;

/// <summary>What boosting refuses. Codes HLY2200 to HLY2219 and HLY2260 to HLY2279.</summary>
static class BoostingErrors
{
    [DoesNotReturn]
    internal static void ThrowBadOptions(IReadOnlyList<string> problems) =>
        throw new HalleyException("HLY2200", $"boosting options: {string.Join(" ", problems)}");

    [DoesNotReturn]
    internal static void ThrowEmptyClass(int empty, int classes) =>
        throw new HalleyException(
            "HLY2266",
            string.Create(
                CultureInfo.InvariantCulture,
                $"class {empty} of 0 to {classes - 1} has no learn row of positive weight, so its probability can't be learnt. "
            ) + "Name only classes that occur, or learn on rows that hold all."
        );

    [DoesNotReturn]
    internal static void ThrowNoOffsetOfClasses(string role, string column) =>
        throw new HalleyException(
            "HLY2267",
            $"{role} column '{column}': probabilities of classes have no time at risk and no common offset. "
                + "Use the column as a weight where rows count by it, as a feature where it tells classes apart, or leave it out."
        );

    [DoesNotReturn]
    internal static void ThrowNoRefit(string why) =>
        throw new HalleyException("HLY2265", $"leaves can't be fitted to new rows: {why} Fit a new model instead.");

    [DoesNotReturn]
    internal static void ThrowBadTarget(string column, int row, double value, string objective, string domain) =>
        throw new HalleyException(
            "HLY2201",
            string.Create(
                CultureInfo.InvariantCulture,
                $"target column '{column}', row {row + 1}: {value} is outside the {objective} domain {domain}. "
                    + $"Correct the row, leave it out with a filter on '{column}', or choose another objective."
            )
        );

    [DoesNotReturn]
    internal static void ThrowNoStart(string column, string objective) =>
        throw new HalleyException(
            "HLY2202",
            $"target column '{column}': all learn rows with weight have the same extreme value, which no finite score gives under "
                + $"{objective}. Check the filter, or learn on rows that hold both outcomes."
        );

    [DoesNotReturn]
    internal static void ThrowNoRows(string part) =>
        throw new HalleyException("HLY2203", $"the {part} part has no row of positive weight. Check the split and the filter.");

    [DoesNotReturn]
    internal static void ThrowBadFeatureKind(Column column) =>
        throw new HalleyException(
            "HLY2204",
            $"feature '{column.Name}' is of kind {column.Kind.ToString().ToLowerInvariant()}; trees split numbers, categories, "
                + "booleans and dates. Change its kind in the schema, or leave it out."
        );

    [DoesNotReturn]
    internal static void ThrowTooManyLevels(string feature, int levels) =>
        throw new HalleyException(
            "HLY2205",
            $"feature '{feature}': {levels} levels occur, more than {FeatureBins.MaximumBins}. "
                + "Group the rare ones, or give the column the role id."
        );

    [DoesNotReturn]
    internal static void ThrowExposureNeedsLog(string column, string objective) =>
        throw new HalleyException(
            "HLY2206",
            $"exposure column '{column}' as an offset needs the log link, which {objective} does not have. "
                + "Use the exposure as rate, or choose Poisson, Gamma or Tweedie."
        );

    [DoesNotReturn]
    internal static void ThrowBadMonotone(string feature, string problem) =>
        throw new HalleyException(
            "HLY2207",
            $"monotone constraint on '{feature}': {problem} Constrain numbers, booleans or dates that are features."
        );

    [DoesNotReturn]
    internal static void ThrowNoFeatures() =>
        throw new HalleyException("HLY2208", "there are no features to split. Name at least one.");

    [DoesNotReturn]
    internal static void ThrowDiverged() =>
        throw new HalleyException(
            "HLY2209",
            "the scores left the range of numbers while trees were grown. Lower LearningRate, set MaximumStep, or raise L2."
        );

    [DoesNotReturn]
    internal static void ThrowBadInteraction(string feature) =>
        throw new HalleyException(
            "HLY2211",
            $"interaction group with '{feature}': it is not among the features. Name features only, or add it to them."
        );

    [DoesNotReturn]
    internal static void ThrowBadWeight(string feature) =>
        throw new HalleyException(
            "HLY2261",
            $"weight of '{feature}': it is not among the features. Name features only, or add it to them."
        );

    [DoesNotReturn]
    internal static void ThrowBadCombination(string feature) =>
        throw new HalleyException(
            "HLY2212",
            $"combination with '{feature}': it is not among the features. Add it to them, or leave it out of the combination."
        );

    [DoesNotReturn]
    internal static void ThrowTooManyKeys(IReadOnlyList<string> combination) =>
        throw new HalleyException(
            "HLY2213",
            $"combination {string.Join(" x ", combination)}: its levels have more combinations than 2^64. Combine fewer categories."
        );

    [DoesNotReturn]
    internal static void ThrowForeignSnapshot(string path) =>
        throw new HalleyException(
            "HLY2262",
            $"snapshot '{path}' was taken of a fit with other data or options. Delete it to start anew, or name another folder."
        );

    [DoesNotReturn]
    internal static void ThrowDamagedSnapshot(string path) =>
        throw new HalleyException(
            "HLY2263",
            $"snapshot '{path}' is damaged. Delete it: the fit then starts from the first round."
        );

    [DoesNotReturn]
    internal static void ThrowNoSnapshots(string why) => throw new HalleyException("HLY2264", $"snapshots: {why}");

    [DoesNotReturn]
    internal static void ThrowBadCurvature(string objective, double target, double score, double curvature) =>
        throw new HalleyException(
            "HLY2260",
            string.Create(
                CultureInfo.InvariantCulture,
                $"objective {objective}: the curvature at target {target} and score {score} is {curvature}. "
            ) + "Give the second derivative where it is at least 0, else a bound above it."
        );
}
