using System.Buffers;
using System.Runtime.Intrinsics;
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
    /// <param name="histogram">In whole units.</param>
    /// <param name="unit">What units are worth.</param>
    internal Split? Find(GradientSums[] histogram, Vector256<double> unit, GradientSums parent, ValueBounds bounds, int[] among)
    {
        var found = new Found[among.Length];
        if (threads == 1 || layout.CellCount < ParallelCells)
        {
            for (var index = 0; index < found.Length; index++)
                found[index] = Find(among[index], layout.Of(among[index], histogram), unit, parent, bounds);
        }
        else
        {
            WorkItems.For(
                found.Length,
                threads,
                index => found[index] = Find(among[index], layout.Of(among[index], histogram), unit, parent, bounds)
            );
        }
        var best = -1;
        for (var index = 0; index < found.Length; index++)
        {
            if (found[index].Gain > (best < 0 ? 0 : found[best].Gain))
                best = index;
        }
        return best < 0 ? null
            : found[best].Category is { } split ? split
            : found[best].Number.ToSplit(among[best], features[among[best]].BinCount, parent);
    }

    Found Find(int feature, ReadOnlySpan<GradientSums> units, Vector256<double> unit, GradientSums parent, ValueBounds bounds)
    {
        if (!features[feature].IsCategory)
            return new(null, NumberSplits.Find(units, unit, parent, bounds, rules, directions[feature]));
        var rented = ArrayPool<GradientSums>.Shared.Rent(units.Length);
        var cells = rented.AsSpan(0, units.Length);
        for (var bin = 0; bin < cells.Length; bin++)
            cells[bin] = units[bin] * unit;
        var split = categories.Find(feature, cells, parent, bounds);
        ArrayPool<GradientSums>.Shared.Return(rented);
        return new(split, NumberCut.None);
    }

    readonly record struct Found(Split? Category, NumberCut Number)
    {
        internal double Gain => Category?.Gain ?? (Number.Bin < 0 ? double.NegativeInfinity : Number.Gain);
    }
}
