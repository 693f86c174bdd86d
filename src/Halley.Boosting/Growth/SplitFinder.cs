using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>Best split of a leaf over all features.</summary>
/// <param name="directions">Shape (features): monotone direction of each.</param>
sealed class SplitFinder(
    BoostingOptions options,
    FeatureBins[] features,
    int[] directions,
    HistogramLayout layout,
    SplitRules rules,
    int threads
)
{
    /// <summary>Bins to look at for which a second thread pays.</summary>
    const int ParallelCells = 4096;

    readonly CategorySplits categories = new(options, rules);

    /// <summary>The split of largest gain, ties to the feature named first; null where none is allowed.</summary>
    internal Split? Find(GradientSums[] histogram, GradientSums parent, ValueBounds bounds, int[] among)
    {
        var found = new Split?[among.Length];
        WorkItems.For(
            among.Length,
            layout.CellCount < ParallelCells ? 1 : threads,
            index => found[index] = Find(among[index], layout.Of(among[index], histogram), parent, bounds)
        );
        var best = default(Split);
        foreach (var split in found)
        {
            if (split is not null && (best is null || split.Gain > best.Gain))
                best = split;
        }
        return best;
    }

    Split? Find(int feature, ReadOnlySpan<GradientSums> cells, GradientSums parent, ValueBounds bounds) =>
        features[feature].IsCategory
            ? categories.Find(feature, cells, parent, bounds)
            : NumberSplits.Find(feature, cells, parent, bounds, rules, directions[feature]);
}
