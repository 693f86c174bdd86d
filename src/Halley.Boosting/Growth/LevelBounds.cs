namespace Halley.Boosting;

/// <summary>Bounds of both sides of every cut of a category: runs of an order of levels, or one level against the rest.</summary>
sealed class LevelBounds
{
    readonly ValueBounds[] left;
    readonly ValueBounds[] right;

    /// <summary>Of missing values and levels without rows, which go together.</summary>
    readonly ValueBounds others;

    /// <summary>Where the missing bin stands in the order; −1 where no row is missing.</summary>
    readonly int missingAt;
    readonly bool alone;

    /// <param name="common">What holds for every child.</param>
    /// <param name="order">Bins that hold rows, in their order.</param>
    internal LevelBounds(BinBounds bins, ValueBounds common, ReadOnlySpan<GradientSums> cells, int[] order, bool alone)
    {
        (this.alone, missingAt) = (alone, Array.IndexOf(order, cells.Length - 1));
        (left, right) = (bins.Prefixes(order, common), bins.Suffixes(order, common));
        for (var i = 0; alone && i < order.Length; i++)
        {
            // All before and all behind it.
            right[i] = right[i].Within(i == 0 ? common : left[i - 1]);
        }
        for (var i = 0; alone && i < order.Length; i++)
            left[i] = common.Within(bins[order[i]]);
        others = ValueBounds.None;
        for (var bin = 0; bin < cells.Length; bin++)
        {
            if (cells[bin].Rows == 0)
                others = others.Within(bins[bin]);
        }
    }

    internal (ValueBounds Left, ValueBounds Right) Of(int index, bool leftIsGreater)
    {
        var missingIsLeft = alone ? missingAt == index : missingAt <= index;
        return (missingAt >= 0 ? missingIsLeft : leftIsGreater)
            ? (left[index].Within(others), right[index])
            : (left[index], right[index].Within(others));
    }
}
