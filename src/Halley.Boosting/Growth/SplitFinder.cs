using System.Buffers;
using System.Collections.Concurrent;
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

    readonly ConcurrentBag<CutScratch> spare = [];
    readonly CategorySplits categories = new(options, rules);

    /// <summary>Shape (features): what gains are multiplied by where cuts compete.</summary>
    readonly double[] weights = [.. features.Select(feature => feature.WeightIn(options.GainWeights))];

    /// <summary>The split of largest gain, ties to the feature named first; null where none is allowed.</summary>
    /// <param name="histogram">In whole units.</param>
    /// <param name="unit">What units are worth.</param>
    internal Split? Find(LeafHistogram histogram, Vector256<double> unit, LeafToCut leaf, int[] among)
    {
        var found = new Found[among.Length];
        if (threads == 1 || layout.CellCount < ParallelCells)
        {
            var scratch = Rent();
            for (var index = 0; index < found.Length; index++)
                found[index] = Find(among[index], histogram.Of(among[index]), unit, leaf, scratch);
            spare.Add(scratch);
        }
        else
        {
            WorkItems.For(
                found.Length,
                threads,
                index =>
                {
                    var scratch = Rent();
                    found[index] = Find(among[index], histogram.Of(among[index]), unit, leaf, scratch);
                    spare.Add(scratch);
                }
            );
        }
        var best = -1;
        for (var index = 0; index < found.Length; index++)
        {
            if (RankOf(index) > (best < 0 ? 0 : RankOf(best)))
                best = index;
        }
        if (best < 0)
            return null;
        var split = found[best].Category ?? found[best].Number.ToSplit(among[best], features[among[best]].BinCount, leaf.Sums);
        return split with { Rank = RankOf(best) };

        double RankOf(int index) => found[index].Gain * weights[among[index]];
    }

    Found Find(int feature, LeafCells units, Vector256<double> unit, LeafToCut leaf, CutScratch scratch)
    {
        var byBin = leaf.Order is { IsBound: true } order ? order.BoundsBy(feature) : null;
        if (!features[feature].IsCategory)
            return new(null, NumberSplits.Find(units, unit, leaf, rules, directions[feature], scratch, byBin));
        var rented = ArrayPool<GradientSums>.Shared.Rent(units.Length);
        var cells = rented.AsSpan(0, units.Length);
        for (var bin = 0; bin < cells.Length; bin++)
            cells[bin] = units[bin] * unit;
        var split = categories.Find(feature, cells, leaf, byBin);
        ArrayPool<GradientSums>.Shared.Return(rented);
        return new(split, NumberCut.None);
    }

    CutScratch Rent() => spare.TryTake(out var scratch) ? scratch : new();

    readonly record struct Found(Split? Category, NumberCut Number)
    {
        internal double Gain => Category?.Gain ?? (Number.Bin < 0 ? double.NegativeInfinity : Number.Gain);
    }
}
