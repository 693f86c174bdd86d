namespace Halley.Data.Expressions;

/// <summary>A lookup table made ready for its key types: axis positions to one number, numbers to values by binary search.</summary>
sealed class LookupIndex
{
    /// <summary>Most cells, after ranges are cut at each other's ends.</summary>
    internal const int MaximumCells = 4_000_000;

    readonly KeyAxis[] axes;
    readonly long[] cells;
    readonly double[] values;
    readonly double fallback;

    internal LookupIndex(KeyAxis[] axes, long[] cells, double[] values, double fallback)
    {
        this.axes = axes;
        this.cells = cells;
        this.values = values;
        this.fallback = fallback;
    }

    public int KeyCount => axes.Length;

    /// <summary>Starts a search: takes keys one after the other into <paramref name="cell"/>; −1 stays −1.</summary>
    public long Advance(long cell, int axis, double key)
    {
        var position = axes[axis].Find(key);
        return cell < 0 || position < 0 ? -1 : cell * axes[axis].Length + position;
    }

    /// <summary>The value of a complete cell number; the default where no row has it and no key is missing, else missing.</summary>
    public double ValueAt(long cell, bool anyMissing)
    {
        var found = cell < 0 ? -1 : cells.AsSpan().BinarySearch(cell);
        if (found >= 0)
            return values[found];
        return anyMissing ? double.NaN : fallback;
    }
}
