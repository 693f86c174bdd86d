using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Halley.Kernels;

/// <summary>Sums of packed values by code, many columns of codes at a time: one add of 64 bits a row and column.</summary>
/// <remarks>
/// Codes lie row by row, <c>stride</c> bytes a row, of which the first <c>columns</c> count. Cells are 256 a column.
/// A few columns have them twice: even and odd positions have cells of their own, so that equal codes in a run do not wait for
/// each other's store. Many columns are added eight at a time over a tile of rows, so that cells and codes stay in the first-level
/// cache; eight stores apart, equal codes do not wait.
/// <code>
/// cells   [ even: column 0: 0 … 255 | column 1 … ] [ odd: column 0 … ]
/// </code>
/// Adding is exact, so neither the order of rows nor how they are shared out changes a bit. Nothing is checked here beyond
/// lengths: the caller keeps rows inside the codes, and adds no more than <see cref="PackedValue.MaximumTerms"/> rows to a cell.
/// </remarks>
static class PackedSums
{
    internal const int CodesPerColumn = 256;

    /// <summary>Rows ahead of the current one whose codes and values are asked for.</summary>
    const int Ahead = 24;

    /// <summary>Columns that are added in one go: their cells, twice, fit the first-level cache.</summary>
    const int FewColumns = 12;

    const int GroupColumns = 8;
    const int TileRows = 128;

    /// <summary>Parts that cells come in, to be added up: 2 or 1.</summary>
    internal static int PartsOf(int columns) => columns <= FewColumns ? 2 : 1;

    internal static int CellCount(int columns) => PartsOf(columns) * CodesPerColumn * columns;

    /// <summary>Adds rows <paramref name="firstRow"/> onwards, as many as <paramref name="values"/> has.</summary>
    /// <param name="values">Shape (rows): of those rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static unsafe void Add(
        ReadOnlySpan<byte> codes,
        int stride,
        int columns,
        int firstRow,
        ReadOnlySpan<long> values,
        Span<long> cells
    )
    {
        codes = codes.Slice(firstRow * stride, values.Length * stride);
        cells = cells[..CellCount(columns)];
        if (PartsOf(columns) == 1)
        {
            AddTiles(codes, stride, columns, values, cells);
            return;
        }
        // In bounds: codes hold values.Length rows of stride bytes, and a cell is at most 256·columns − 1 behind either start.
        fixed (byte* code = codes)
        fixed (
            long* even = cells,
                value = values
        )
        {
            var odd = even + CodesPerColumn * columns;
            var at = code;
            var row = 0;
            for (; row + 2 <= values.Length; row += 2)
            {
                AddRow(at, columns, value[row], even);
                AddRow(at + stride, columns, value[row + 1], odd);
                at += 2 * stride;
            }
            if (row < values.Length)
                AddRow(at, columns, value[row], even);
        }
    }

    /// <summary>Adds the rows listed.</summary>
    /// <param name="rows">Rows inside codes and values.</param>
    /// <param name="values">Shape (all rows).</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static unsafe void AddListed(
        ReadOnlySpan<byte> codes,
        int stride,
        int columns,
        ReadOnlySpan<int> rows,
        ReadOnlySpan<long> values,
        Span<long> cells
    )
    {
        cells = cells[..CellCount(columns)];
        if (PartsOf(columns) == 1)
        {
            AddListedTiles(codes, stride, columns, rows, values, cells);
            return;
        }
        // In bounds: rows are inside codes and values by the caller's word; cells as above. Prefetching reads nothing.
        fixed (byte* code = codes)
        fixed (int* list = rows)
        fixed (
            long* even = cells,
                value = values
        )
        {
            var odd = even + CodesPerColumn * columns;
            var i = 0;
            if (Sse.IsSupported)
            {
                for (; i + 2 + Ahead <= rows.Length; i += 2)
                {
                    var (first, second, far) = ((nint)list[i], (nint)list[i + 1], (nint)list[i + Ahead]);
                    Sse.Prefetch0(code + far * stride);
                    Sse.Prefetch0(value + far);
                    AddRow(code + first * stride, columns, value[first], even);
                    AddRow(code + second * stride, columns, value[second], odd);
                }
            }
            for (; i < rows.Length; i++)
            {
                var row = (nint)list[i];
                AddRow(code + row * stride, columns, value[row], even);
            }
        }
    }

    /// <summary>target[i] += sums[i].</summary>
    /// <param name="sums">Shape (n).</param>
    /// <param name="target">Shape (n).</param>
    internal static void Add(ReadOnlySpan<long> sums, Span<long> target)
    {
        target = target[..sums.Length];
        var i = 0;
        for (; i <= sums.Length - 8; i += 8)
            (Vector512.Create<long>(target[i..]) + Vector512.Create(sums[i..])).CopyTo(target[i..]);
        for (; i < sums.Length; i++)
            target[i] += sums[i];
    }

    /// <summary>Sum of packed values.</summary>
    internal static long Sum(ReadOnlySpan<long> values)
    {
        var (lanes, i) = (Vector512<long>.Zero, 0);
        for (; i <= values.Length - 8; i += 8)
            lanes += Vector512.Create(values[i..]);
        var sum = Vector512.Sum(lanes);
        for (; i < values.Length; i++)
            sum += values[i];
        return sum;
    }

    /// <summary>target[i] −= sums[i].</summary>
    /// <param name="sums">Shape (n).</param>
    /// <param name="target">Shape (n).</param>
    internal static void Subtract(ReadOnlySpan<long> sums, Span<long> target)
    {
        target = target[..sums.Length];
        var i = 0;
        for (; i <= sums.Length - 8; i += 8)
            (Vector512.Create<long>(target[i..]) - Vector512.Create(sums[i..])).CopyTo(target[i..]);
        for (; i < sums.Length; i++)
            target[i] -= sums[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static unsafe void AddTiles(ReadOnlySpan<byte> codes, int stride, int columns, ReadOnlySpan<long> values, Span<long> cells)
    {
        // In bounds: as in Add, with one part of cells.
        fixed (byte* code = codes)
        fixed (
            long* sums = cells,
                value = values
        )
        {
            for (var start = 0; start < values.Length; start += TileRows)
            {
                var end = Math.Min(start + TileRows, values.Length);
                for (var column = 0; column < columns; column += GroupColumns)
                {
                    var at = code + (nint)start * stride + column;
                    var own = sums + CodesPerColumn * column;
                    var width = columns - column;
                    for (var row = start; row < end; row++, at += stride)
                    {
                        if (width >= GroupColumns)
                            Add8(at, value[row], own);
                        else
                            AddRow(at, width, value[row], own);
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static unsafe void AddListedTiles(
        ReadOnlySpan<byte> codes,
        int stride,
        int columns,
        ReadOnlySpan<int> rows,
        ReadOnlySpan<long> values,
        Span<long> cells
    )
    {
        // In bounds: as in AddListed, with one part of cells.
        fixed (byte* code = codes)
        fixed (int* list = rows)
        fixed (
            long* sums = cells,
                value = values
        )
        {
            for (var start = 0; start < rows.Length; start += TileRows)
            {
                var end = Math.Min(start + TileRows, rows.Length);
                for (var column = 0; column < columns; column += GroupColumns)
                {
                    var at = code + column;
                    var own = sums + CodesPerColumn * column;
                    var width = columns - column;
                    // Prefetching reads nothing.
                    var asks = column == 0 && Sse.IsSupported;
                    for (var i = start; i < end; i++)
                    {
                        var row = (nint)list[i];
                        if (asks)
                        {
                            var far = (nint)list[Math.Min(i + TileRows, rows.Length - 1)];
                            Sse.Prefetch0(code + far * stride);
                            Sse.Prefetch0(code + far * stride + stride - 1);
                            Sse.Prefetch0(value + far);
                        }
                        if (width >= GroupColumns)
                            Add8(at + row * stride, value[row], own);
                        else
                            AddRow(at + row * stride, width, value[row], own);
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe void AddRow(byte* code, int columns, long value, long* cells)
    {
        var left = columns;
        for (; left >= 8; left -= 8)
        {
            Add8(code, value, cells);
            code += 8;
            cells += 8 * CodesPerColumn;
        }
        if ((left & 4) != 0)
        {
            Add4(code, value, cells);
            code += 4;
            cells += 4 * CodesPerColumn;
        }
        if ((left & 2) != 0)
        {
            cells[code[0]] += value;
            cells[CodesPerColumn + code[1]] += value;
            code += 2;
            cells += 2 * CodesPerColumn;
        }
        if ((left & 1) != 0)
            cells[code[0]] += value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe void Add8(byte* code, long value, long* cells)
    {
        Add4(code, value, cells);
        Add4(code + 4, value, cells + 4 * CodesPerColumn);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe void Add4(byte* code, long value, long* cells)
    {
        cells[code[0]] += value;
        cells[CodesPerColumn + code[1]] += value;
        cells[2 * CodesPerColumn + code[2]] += value;
        cells[3 * CodesPerColumn + code[3]] += value;
    }
}
