using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>Sums by bin over the rows of one leaf, in whole units.</summary>
/// <remarks>
/// A leaf of few rows keeps them packed as its rows are, a quarter of the size: differences and running sums of packed values are
/// packed values too. Sums are exact either way, so which of the two it is changes no bit.
/// </remarks>
/// <param name="layout">Where each feature's bins stand.</param>
/// <param name="packs">Whether gradients are packed.</param>
sealed class LeafHistogram(HistogramLayout layout, bool packs)
{
    long[] packed = [];
    GradientSums[] wide = [];

    internal bool IsPacked { get; private set; }

    /// <summary>Where it is packed: shape (CellCount).</summary>
    internal Span<long> Packed => packed;

    /// <summary>Where it is not: shape (CellCount).</summary>
    internal Span<GradientSums> Wide => wide;

    /// <summary>One feature's part.</summary>
    internal LeafCells Of(int feature)
    {
        var (start, count) = layout.RangeOf(feature);
        return IsPacked ? new(packed.AsSpan(start, count)) : new(wide.AsSpan(start, count));
    }

    /// <summary>Makes it that of no row yet.</summary>
    /// <param name="rows">Rows that will be added at most.</param>
    internal void Clear(int rows)
    {
        IsPacked = packs && rows <= PackedValue.MaximumTerms;
        Reserve();
        if (IsPacked)
            Array.Clear(packed);
        else
            Array.Clear(wide);
    }

    /// <summary>Takes some of its rows away.</summary>
    /// <param name="part">Those rows' sums.</param>
    /// <param name="left">Rows that are left.</param>
    internal void TakeAway(LeafHistogram part, int left)
    {
        if (IsPacked)
        {
            PackedSums.Subtract(part.packed, packed);
            return;
        }
        if (part.IsPacked)
        {
            for (var cell = 0; cell < wide.Length; cell++)
                wide[cell] -= new GradientSums(PackedValue.ToLanes(part.packed[cell]));
        }
        else
        {
            for (var cell = 0; cell < wide.Length; cell++)
                wide[cell] -= part.wide[cell];
        }
        if (packs && left <= PackedValue.MaximumTerms)
            Pack();
    }

    void Pack()
    {
        IsPacked = true;
        Reserve();
        for (var cell = 0; cell < packed.Length; cell++)
            packed[cell] = PackedValue.OfLanes(wide[cell].Lanes);
    }

    void Reserve()
    {
        if (IsPacked && packed.Length == 0)
            packed = new long[layout.CellCount];
        if (!IsPacked && wide.Length == 0)
            wide = new GradientSums[layout.CellCount];
    }
}
