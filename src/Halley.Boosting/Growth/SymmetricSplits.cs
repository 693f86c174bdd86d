using System.Runtime.Intrinsics;

namespace Halley.Boosting;

/// <summary>The cut that gains most over all leaves of a level together.</summary>
/// <remarks>
/// A leaf in which a side would fall below the minimum of rows or hessian adds no gain. Source of the method: Prokhorenkova et al.
/// (2018), NeurIPS 31, 6638–6648, oblivious trees.
/// </remarks>
sealed class SymmetricSplits(BoostingOptions options, FeatureBins[] features, SplitRules rules)
{
    /// <summary>A cut before it is applied to each leaf.</summary>
    /// <param name="LastLeftBin">Of a number; of a category −1.</param>
    internal sealed record SharedCut(int Feature, double Gain, int LastLeftBin, bool[] GoesLeft);

    /// <summary>The best cut, or null where none gains. Ties keep the feature named first and the lowest bin.</summary>
    internal SharedCut? Find(List<Leaf> leaves, Vector256<double> unit, int[] among)
    {
        var best = default(SharedCut);
        foreach (var feature in among)
        {
            var totals = Totals(leaves, feature, unit);
            var found = features[feature].IsCategory
                ? FindLevels(leaves, feature, unit, totals)
                : FindNumber(leaves, feature, unit, totals);
            if (found is not null && RankOf(found) > (best is null ? 0 : RankOf(best)))
                best = found;
        }
        return best;
    }

    double RankOf(SharedCut cut) => cut.Gain * features[cut.Feature].WeightIn(options.GainWeights);

    /// <summary>The cut as it falls on one leaf.</summary>
    internal Split For(Leaf leaf, SharedCut cut, Vector256<double> unit)
    {
        var cells = leaf.Histogram!.Of(cut.Feature);
        var left = default(GradientSums);
        for (var bin = 0; bin < cells.Length; bin++)
        {
            if (cut.GoesLeft[bin])
                left += cells[bin] * unit;
        }
        var gain = Gain(left, leaf.ToCut, leaf.ToCut.Score(rules, rules.L2), rules.L2);
        return new(cut.Feature, gain, cut.LastLeftBin, cut.GoesLeft, left, leaf.Sums - left);
    }

    GradientSums[] Totals(List<Leaf> leaves, int feature, Vector256<double> unit)
    {
        var totals = new GradientSums[features[feature].BinCount];
        foreach (var leaf in leaves)
        {
            var cells = leaf.Histogram!.Of(feature);
            for (var bin = 0; bin < cells.Length; bin++)
                totals[bin] += cells[bin] * unit;
        }
        return totals;
    }

    SharedCut? FindNumber(List<Leaf> leaves, int feature, Vector256<double> unit, GradientSums[] totals)
    {
        int[] order = [.. Enumerable.Range(0, features[feature].ValueBins)];
        var missing = features[feature].MissingBin;
        var hasMissing = totals[missing].Rows > 0;
        var right = Gains(leaves, feature, unit, order, first: -1, rules.L2);
        var left = hasMissing ? Gains(leaves, feature, unit, order, first: missing, rules.L2) : [];
        var (best, bestGain, missingLeft) = (-1, rules.MinimumGain, false);
        for (var bin = 0; bin < order.Length; bin++)
        {
            // Behind the last value's bin there is a cut only where missing rows are left over.
            if ((bin < order.Length - 1 || hasMissing) && right[bin] > bestGain)
                (best, bestGain, missingLeft) = (bin, right[bin], false);
            if (hasMissing && left[bin] > bestGain)
                (best, bestGain, missingLeft) = (bin, left[bin], true);
        }
        return best < 0 ? null : Cut(feature, bestGain, best, order[..(best + 1)], hasMissing ? missingLeft : null, totals);
    }

    SharedCut? FindLevels(List<Leaf> leaves, int feature, Vector256<double> unit, GradientSums[] totals)
    {
        int[] order = [.. Enumerable.Range(0, totals.Length).Where(bin => totals[bin].Rows > 0)];
        var alone = order.Length <= options.OneHotLevels;
        var (best, bestGain) = (-1, rules.MinimumGain);
        if (!alone)
            order = [.. order.OrderBy(bin => totals[bin].Gradient / (totals[bin].Hessian + options.CategorySmoothing))];
        var l2 = alone ? rules.L2 : rules.L2 + options.CategoryL2;
        var runs = alone ? [] : Gains(leaves, feature, unit, order, first: -1, l2);
        for (var i = 0; i < (alone ? order.Length : order.Length - 1); i++)
        {
            var gain = alone ? Gains(leaves, feature, unit, [order[i]], first: -1, l2)[0] : runs[i];
            if (gain > bestGain)
                (best, bestGain) = (i, gain);
        }
        if (best < 0)
            return null;
        bool? missingLeft = totals[^1].Rows > 0 ? order.AsSpan((alone ? best : 0)..(best + 1)).Contains(totals.Length - 1) : null;
        return Cut(feature, bestGain, -1, alone ? [order[best]] : order[..(best + 1)], missingLeft, totals);
    }

    /// <summary>Gain over all leaves of sending the first 1, 2, … bins of an order left.</summary>
    /// <param name="first">A bin that goes left in any case; −1 for none.</param>
    double[] Gains(List<Leaf> leaves, int feature, Vector256<double> unit, int[] order, int first, double l2)
    {
        var gains = new double[order.Length];
        foreach (var leaf in leaves)
        {
            var cells = leaf.Histogram!.Of(feature);
            var left = first < 0 ? default : cells[first] * unit;
            var (cut, score) = (leaf.ToCut, leaf.ToCut.Score(rules, l2));
            for (var i = 0; i < order.Length; i++)
            {
                left += cells[order[i]] * unit;
                gains[i] += Gain(left, cut, score, l2);
            }
        }
        return gains;
    }

    double Gain(GradientSums left, LeafToCut parent, double parentScore, double l2)
    {
        var right = parent.Sums - left;
        return rules.Allow(left) && rules.Allow(right)
            ? rules.Score(left, parent.Bounds, l2) + rules.Score(right, parent.Bounds, l2) - parentScore
            : 0;
    }

    /// <param name="missingLeft">Null where no row is missing: they, and levels without rows, then follow the greater number.</param>
    static SharedCut Cut(int feature, double gain, int lastLeftBin, int[] left, bool? missingLeft, GradientSums[] totals)
    {
        var goesLeft = new bool[totals.Length];
        var (leftRows, allRows) = (0.0, 0.0);
        foreach (var cell in totals)
            allRows += cell.Rows;
        foreach (var bin in left)
        {
            goesLeft[bin] = true;
            leftRows += totals[bin].Rows;
        }
        goesLeft[^1] = missingLeft ?? 2 * leftRows >= allRows;
        for (var bin = 0; lastLeftBin < 0 && bin < totals.Length; bin++)
        {
            if (totals[bin].Rows == 0)
                goesLeft[bin] = goesLeft[^1];
        }
        return new(feature, gain, lastLeftBin, goesLeft);
    }
}
