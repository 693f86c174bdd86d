namespace Halley.Kernels;

/// <summary>A run of adjoining rows that one thread works on.</summary>
/// <param name="Index">Position among the blocks, from 0.</param>
/// <param name="Start">First row.</param>
/// <param name="Count">Number of rows, <see cref="RowBlocks.BlockSize"/> in all blocks but the last.</param>
public readonly record struct RowBlock(int Index, int Start, int Count)
{
    /// <summary>The row after the last one.</summary>
    public int End => Start + Count;

    /// <summary>This block's part of a span over all rows.</summary>
    public ReadOnlySpan<T> Of<T>(ReadOnlySpan<T> rows) => rows.Slice(Start, Count);

    /// <summary>This block's part of an array over all rows, writable.</summary>
    public Span<T> Of<T>(T[] rows) => rows.AsSpan(Start, Count);
}
