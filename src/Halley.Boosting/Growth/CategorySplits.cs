namespace Halley.Boosting;

/// <summary>Best cut of a category: one level against the rest, or a run of levels in the order of their gradient ratio.</summary>
/// <remarks>
/// With levels in the order of G/(H + smoothing) the best of all 2^(k−1) − 1 groupings is among the k − 1 runs (exact without
/// smoothing and penalty). Source: Fisher (1958), J. Amer. Statist. Assoc. 53(284), 789–798. Missing is one more level.
/// </remarks>
sealed class CategorySplits(BoostingOptions options, SplitRules rules)
{
    readonly record struct Level(double Ratio, int Bin) : IComparable<Level>
    {
        public int CompareTo(Level other) => Ratio != other.Ratio ? Ratio.CompareTo(other.Ratio) : Bin.CompareTo(other.Bin);
    }

    /// <summary>The best cut, or null where none is allowed. Levels without rows go where missing goes.</summary>
    /// <param name="cells">Shape (BinCount), missing last.</param>
    internal Split? Find(int feature, ReadOnlySpan<GradientSums> cells, LeafToCut leaf, BinBounds? byBin = null)
    {
        var parent = leaf.Sums;
        var levels = new Level[cells.Length];
        var count = 0;
        for (var bin = 0; bin < cells.Length; bin++)
        {
            if (cells[bin].Rows > 0)
                levels[count++] = new(Ratio(cells[bin]), bin);
        }
        var alone = count <= options.OneHotLevels;
        var l2 = alone ? rules.L2 : rules.L2 + options.CategoryL2;
        var order = levels.AsSpan(0, count);
        if (!alone)
            order.Sort();
        var (best, bestGain, bestLeft) = (-1, rules.MinimumGain, default(GradientSums));
        var parentScore = leaf.Score(rules, l2);
        var sides = byBin is null ? null : new LevelBounds(byBin, leaf.Bounds, cells, BinsOf(order), alone);
        var left = default(GradientSums);
        for (var i = 0; i < (alone ? count : count - 1); i++)
        {
            left = alone ? cells[order[i].Bin] : left + cells[order[i].Bin];
            var right = parent - left;
            if (!rules.Allow(left) || !rules.Allow(right))
                continue;
            var (leftBounds, rightBounds) = sides?.Of(i, left.Rows >= right.Rows) ?? (leaf.Bounds, leaf.Bounds);
            var gain = rules.Score(left, leftBounds, l2) + rules.Score(right, rightBounds, l2) - parentScore;
            if (gain > bestGain)
                (best, bestGain, bestLeft) = (i, gain, left);
        }
        return best < 0
            ? null
            : new(
                feature,
                bestGain,
                -1,
                Sides(cells, order, alone ? best : 0, best, bestLeft, parent - bestLeft),
                bestLeft,
                parent - bestLeft
            );
    }

    static int[] BinsOf(ReadOnlySpan<Level> order)
    {
        var bins = new int[order.Length];
        for (var i = 0; i < bins.Length; i++)
            bins[i] = order[i].Bin;
        return bins;
    }

    double Ratio(GradientSums sums)
    {
        var curvature = sums.Hessian + options.CategorySmoothing;
        return curvature > 0 ? sums.Gradient / curvature : 0;
    }

    static bool[] Sides(
        ReadOnlySpan<GradientSums> cells,
        ReadOnlySpan<Level> order,
        int first,
        int last,
        GradientSums left,
        GradientSums right
    )
    {
        var goesLeft = new bool[cells.Length];
        for (var i = first; i <= last; i++)
            goesLeft[order[i].Bin] = true;
        if (cells[^1].Rows == 0)
            goesLeft[^1] = left.Rows >= right.Rows;
        for (var bin = 0; bin < cells.Length; bin++)
        {
            if (cells[bin].Rows == 0)
                goesLeft[bin] = goesLeft[^1];
        }
        return goesLeft;
    }
}
