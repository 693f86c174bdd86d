using Halley.Kernels;

namespace Halley.Data;

/// <summary>A number a row: an array of them, or one that all rows share and that takes no room.</summary>
public sealed class RowValues
{
    readonly ReadOnlyMemory<double> values;

    /// <summary>Whether <see cref="values"/> is one block of the same number, for any block of rows.</summary>
    readonly bool isShared;

    RowValues(ReadOnlyMemory<double> values, int count, bool isShared) =>
        (this.values, Count, this.isShared) = (values, count, isShared);

    /// <summary>Rows.</summary>
    public int Count { get; }

    /// <summary>A row's number.</summary>
    public double this[int row] => values.Span[isShared ? 0 : row];

    /// <summary>Wraps (does not copy) numbers, which must not change afterwards.</summary>
    public static RowValues Of(ReadOnlyMemory<double> values) => new(values, values.Length, isShared: false);

    /// <summary>The same number in every row.</summary>
    public static RowValues Same(double value, int count)
    {
        var block = new double[Math.Clamp(count, 1, RowBlocks.BlockSize)];
        Array.Fill(block, value);
        return new(block, count, isShared: true);
    }

    /// <summary>The numbers of a run of rows.</summary>
    /// <param name="count">At most <see cref="RowBlocks.BlockSize"/>.</param>
    public ReadOnlySpan<double> Of(int start, int count) => values.Span.Slice(isShared ? 0 : start, count);

    /// <summary>The numbers of a block of rows.</summary>
    public ReadOnlySpan<double> Of(RowBlock block) => Of(block.Start, block.Count);

    /// <summary>A copy, shape (n).</summary>
    public double[] ToArray()
    {
        if (!isShared)
            return values.ToArray();
        var copy = new double[Count];
        Array.Fill(copy, this[0]);
        return copy;
    }

    /// <summary>Σ over all rows.</summary>
    public double Sum() => isShared && Count > 0 ? Count * this[0] : Reduce.Sum(values.Span[..Count]);

    public static implicit operator RowValues(double[] values) => Of(values);
}
