namespace Halley.Boosting;

/// <summary>The bins of one feature, a byte a row where they fit, else two.</summary>
sealed class BinnedColumn
{
    readonly byte[] narrow = [];
    readonly ushort[] wide = [];

    internal BinnedColumn(int binCount, int rowCount)
    {
        IsNarrow = binCount <= 256;
        if (IsNarrow)
            narrow = new byte[rowCount];
        else
            wide = new ushort[rowCount];
    }

    internal bool IsNarrow { get; }

    /// <summary>Shape (n) where <see cref="IsNarrow"/>, else empty.</summary>
    internal ReadOnlySpan<byte> Narrow => narrow;

    /// <summary>Shape (n) unless <see cref="IsNarrow"/>, else empty.</summary>
    internal ReadOnlySpan<ushort> Wide => wide;

    internal int this[int row] => IsNarrow ? narrow[row] : wide[row];

    internal void Store(int start, ReadOnlySpan<ushort> bins)
    {
        if (!IsNarrow)
        {
            bins.CopyTo(wide.AsSpan(start));
            return;
        }
        var target = narrow.AsSpan(start, bins.Length);
        for (var i = 0; i < bins.Length; i++)
            target[i] = (byte)bins[i];
    }
}
