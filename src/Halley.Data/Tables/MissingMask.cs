using Halley.Kernels;

namespace Halley.Data;

/// <summary>Which rows of a column have no value: one bit a row, set where missing. Immutable.</summary>
public sealed class MissingMask
{
    readonly ulong[] bits;

    MissingMask(ulong[] bits, int missingCount)
    {
        this.bits = bits;
        MissingCount = missingCount;
    }

    /// <summary>Number of missing rows; at least 1 (a column without missing rows has no mask).</summary>
    public int MissingCount { get; }

    public bool this[int row] => (bits[row >> 6] >> (row & 63) & 1) != 0;

    /// <summary>Mask of the NaN entries of <paramref name="values"/>, or null where there are none.</summary>
    public static MissingMask? OfNaN(ReadOnlySpan<double> values)
    {
        ulong[]? bits = null;
        var count = 0;
        for (var row = Reduce.IndexOfNonFinite(values); row >= 0 && row < values.Length; row++)
        {
            if (!double.IsNaN(values[row]))
                continue;
            bits ??= new ulong[(values.Length + 63) >> 6];
            bits[row >> 6] |= 1UL << (row & 63);
            count++;
        }
        return bits is null ? null : new(bits, count);
    }

    /// <summary>Mask of the rows for which <paramref name="isMissing"/> holds, or null where there are none.</summary>
    public static MissingMask? Where(int rowCount, Func<int, bool> isMissing)
    {
        ulong[]? bits = null;
        var count = 0;
        for (var row = 0; row < rowCount; row++)
        {
            if (!isMissing(row))
                continue;
            bits ??= new ulong[(rowCount + 63) >> 6];
            bits[row >> 6] |= 1UL << (row & 63);
            count++;
        }
        return bits is null ? null : new(bits, count);
    }
}
