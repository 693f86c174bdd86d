using Halley.Data;
using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Boosting;

/// <summary>Refuses options and columns that can't be used, before any work.</summary>
static class TrainingChecks
{
    internal static void CheckOptions(BoostingOptions options)
    {
        var problems = options.Validate();
        if (problems.Count > 0)
            BoostingErrors.ThrowBadOptions(problems);
    }

    internal static void Run(BoostingOptions options, BoostingLoss loss, TrainingSet set)
    {
        if (set.Features.Count == 0)
            BoostingErrors.ThrowNoFeatures();
        if (options.Objective == BoostingObjective.Multiclass && (set.Exposure ?? set.Offset) is { } column)
            BoostingErrors.ThrowNoOffsetOfClasses(set.Exposure is null ? "offset" : "exposure", column);
        if (set.Exposure is not null && set.ExposureUse == ExposureUse.Offset && loss.Link != Link.Log)
            BoostingErrors.ThrowExposureNeedsLog(set.Exposure, loss.Name);
        foreach (var feature in options.Interactions.SelectMany(group => group).Order(StringComparer.Ordinal))
        {
            if (!set.Features.Contains(feature))
                BoostingErrors.ThrowBadInteraction(feature);
        }
        foreach (var feature in options.DrawWeights.Keys.Concat(options.GainWeights.Keys).Order(StringComparer.Ordinal))
        {
            if (!set.Features.Contains(feature))
                BoostingErrors.ThrowBadWeight(feature);
        }
        foreach (var feature in options.Monotone.Keys.Order(StringComparer.Ordinal))
        {
            if (!set.Features.Contains(feature))
                BoostingErrors.ThrowBadMonotone(feature, "it is not among the features.");
            if (set.Learn[feature] is CategoricalColumn)
                BoostingErrors.ThrowBadMonotone(feature, "its levels have no order.");
        }
    }

    /// <summary>Refuses a part without weight, and targets that the objective can't have.</summary>
    internal static void Run(BoostingLoss loss, TrainingSet set, string part, RowVectors vectors)
    {
        if (!(vectors.Weight.Sum() > 0))
            BoostingErrors.ThrowNoRows(part);
        for (var index = 0; index < RowBlocks.CountOf(vectors.Target.Count); index++)
        {
            var block = RowBlocks.At(index, vectors.Target.Count);
            if (loss.IndexOutsideDomain(vectors.Target.Of(block)) is var row and >= 0)
                BoostingErrors.ThrowBadTarget(
                    set.Target,
                    block.Start + row,
                    vectors.Target[block.Start + row],
                    loss.Name,
                    loss.Domain
                );
        }
    }

    /// <summary>Monotone direction of each column that trees cut.</summary>
    internal static int[] Directions(BoostingOptions options, TrainingColumns columns) =>
        [.. columns.Bins.Select(bins => options.Monotone.GetValueOrDefault(bins.Input.Name))];
}
