using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Halley.Kernels;

/// <summary>Sums of rows by cell: each row names one cell, or two, of a table.</summary>
/// <remarks>
/// Rows are added one after the other, and the lanes of a row are numbers of their own, so no order of sums depends on the SIMD width.
/// Each method compares every cell with the table before it touches it, once, which makes the unchecked access safe.
/// </remarks>
public static class CellSums
{
    /// <summary>table[cells[i], :] += the first numbers of rows[i, :].</summary>
    /// <param name="cells">Shape (n).</param>
    /// <param name="rows">Shape (n × stride).</param>
    /// <param name="stride">Numbers a row: a multiple of 4.</param>
    /// <param name="width">Numbers that are added: a multiple of 4, at most the stride.</param>
    /// <param name="table">Shape (cells × width).</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddRows(ReadOnlySpan<int> cells, ReadOnlySpan<double> rows, int stride, int width, Span<double> table)
    {
        CheckWidths(stride, width);
        rows = rows[..(cells.Length * stride)];
        var cellCount = (uint)(table.Length / width);
        ref var first = ref MemoryMarshal.GetReference(table);
        ref var source = ref MemoryMarshal.GetReference(rows);
        for (var i = 0; i < cells.Length; i++)
        {
            if ((uint)cells[i] >= cellCount)
                ThrowCell(cells[i]);
            // Both offsets end before the spans do: the cell was compared, rows was cut to n × stride, and width is no more than that.
            AddLanes(ref Unsafe.Add(ref first, (nint)cells[i] * width), ref Unsafe.Add(ref source, (nint)i * stride), width);
        }
    }

    /// <inheritdoc cref="AddRows(ReadOnlySpan{int}, ReadOnlySpan{double}, int, int, Span{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddRows(ReadOnlySpan<ushort> cells, ReadOnlySpan<double> rows, int stride, int width, Span<double> table)
    {
        CheckWidths(stride, width);
        rows = rows[..(cells.Length * stride)];
        var cellCount = (uint)(table.Length / width);
        ref var first = ref MemoryMarshal.GetReference(table);
        ref var source = ref MemoryMarshal.GetReference(rows);
        for (var i = 0; i < cells.Length; i++)
        {
            if (cells[i] >= cellCount)
                ThrowCell(cells[i]);
            // As above.
            AddLanes(ref Unsafe.Add(ref first, (nint)cells[i] * width), ref Unsafe.Add(ref source, (nint)i * stride), width);
        }
    }

    /// <summary>target[j] += row[j] for j below width, which the caller has compared with both ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void AddLanes(ref double target, ref double row, int width)
    {
        nint j = 0;
        for (; j <= width - 8; j += 8)
        {
            ref var lanes = ref Unsafe.Add(ref target, j);
            (Vector512.LoadUnsafe(ref lanes) + Vector512.LoadUnsafe(ref Unsafe.Add(ref row, j))).StoreUnsafe(ref lanes);
        }
        if (j < width)
        {
            ref var lanes = ref Unsafe.Add(ref target, j);
            (Vector256.LoadUnsafe(ref lanes) + Vector256.LoadUnsafe(ref Unsafe.Add(ref row, j))).StoreUnsafe(ref lanes);
        }
    }

    static void CheckWidths(int stride, int width)
    {
        if (stride < 4 || stride % 4 != 0 || width < 4 || width % 4 != 0 || width > stride)
            throw new ArgumentOutOfRangeException(
                nameof(width),
                width,
                "widths are multiples of 4, and none is above its stride."
            );
    }

    /// <summary>rows[i, j] = h[i]·table[cells[i], j] for j below tableWidth, in rows of a stride.</summary>
    /// <param name="table">Shape (cells × tableWidth).</param>
    /// <param name="tableWidth">1, 2, or a multiple of 4.</param>
    /// <param name="rows">From the number of the first row on that j = 0 goes to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SetLookups(
        ReadOnlySpan<double> h,
        ReadOnlySpan<ushort> cells,
        ReadOnlySpan<double> table,
        int tableWidth,
        int stride,
        Span<double> rows
    )
    {
        cells = cells[..h.Length];
        if (h.IsEmpty)
            return;
        // From the first row's number to the last row's.
        rows = rows[..((h.Length - 1) * stride + tableWidth)];
        var cellCount = (uint)(table.Length / tableWidth);
        ref var first = ref MemoryMarshal.GetReference(table);
        ref var target = ref MemoryMarshal.GetReference(rows);
        for (var i = 0; i < h.Length; i++)
        {
            if (cells[i] >= cellCount)
                ThrowCell(cells[i]);
            // The cell was compared, and rows was cut to what is written.
            ref var from = ref Unsafe.Add(ref first, (nint)cells[i] * tableWidth);
            ref var to = ref Unsafe.Add(ref target, (nint)i * stride);
            if (tableWidth == 1)
                to = h[i] * from;
            else
                SetLanes(h[i], ref from, ref to, tableWidth);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void SetLanes(double h, ref double from, ref double to, int width)
    {
        nint j = 0;
        for (; j <= width - 8; j += 8)
            (Vector512.Create(h) * Vector512.LoadUnsafe(ref Unsafe.Add(ref from, j))).StoreUnsafe(ref Unsafe.Add(ref to, j));
        for (; j <= width - 4; j += 4)
            (Vector256.Create(h) * Vector256.LoadUnsafe(ref Unsafe.Add(ref from, j))).StoreUnsafe(ref Unsafe.Add(ref to, j));
        for (; j < width; j++)
            Unsafe.Add(ref to, j) = h * Unsafe.Add(ref from, j);
    }

    /// <summary>table[left[i], right[i]] += x[i].</summary>
    /// <param name="rightCount">Cells of the right side.</param>
    /// <param name="table">Shape (left cells × right cells).</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddPairs(
        ReadOnlySpan<double> x,
        ReadOnlySpan<int> left,
        ReadOnlySpan<int> right,
        int rightCount,
        Span<double> table
    )
    {
        left = left[..x.Length];
        right = right[..x.Length];
        ref var first = ref MemoryMarshal.GetReference(table);
        for (var i = 0; i < x.Length; i++)
        {
            var cell = left[i] * rightCount + right[i];
            if ((uint)cell >= (uint)table.Length)
                ThrowCell(cell);
            // The cell was compared.
            Unsafe.Add(ref first, (nint)cell) += x[i];
        }
    }

    /// <summary>table[cells[i]] += x[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddTo(ReadOnlySpan<int> cells, ReadOnlySpan<double> x, Span<double> table)
    {
        cells = cells[..x.Length];
        for (var i = 0; i < x.Length; i++)
            table[cells[i]] += x[i];
    }

    /// <summary>table[cells[i]] += x[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddTo(ReadOnlySpan<ushort> cells, ReadOnlySpan<double> x, Span<double> table)
    {
        cells = cells[..x.Length];
        for (var i = 0; i < x.Length; i++)
            table[cells[i]] += x[i];
    }

    /// <summary>target[i] += values[cells[i]].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddValues(ReadOnlySpan<ushort> cells, ReadOnlySpan<double> values, Span<double> target)
    {
        target = target[..cells.Length];
        for (var i = 0; i < cells.Length; i++)
            target[i] += values[cells[i]];
    }

    /// <summary>target[i] += scale·table[left[i], right[i]].</summary>
    /// <param name="rightCount">Cells of the right side.</param>
    /// <param name="table">Shape (left cells × right cells).</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddPairValues(
        double scale,
        ReadOnlySpan<double> table,
        ReadOnlySpan<int> left,
        ReadOnlySpan<int> right,
        int rightCount,
        Span<double> target
    )
    {
        left = left[..target.Length];
        right = right[..target.Length];
        for (var i = 0; i < target.Length; i++)
            target[i] += scale * table[left[i] * rightCount + right[i]];
    }

    /// <summary>target[i] += values[cells[i]].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddValues(ReadOnlySpan<int> cells, ReadOnlySpan<double> values, Span<double> target)
    {
        target = target[..cells.Length];
        for (var i = 0; i < cells.Length; i++)
            target[i] += values[cells[i]];
    }

    /// <summary>rows[i, 0] = x[i] and rows[i, 1] = y[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SetPair(ReadOnlySpan<double> x, ReadOnlySpan<double> y, int width, Span<double> rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 2);
        y = y[..x.Length];
        rows = rows[..(x.Length * width)];
        ref var first = ref MemoryMarshal.GetReference(rows);
        for (var i = 0; i < x.Length; i++)
        {
            // Rows was cut to n × width, and the width is 2 at least.
            ref var row = ref Unsafe.Add(ref first, (nint)i * width);
            row = x[i];
            Unsafe.Add(ref row, 1) = y[i];
        }
    }

    /// <summary>target[i] += values[cells[i] + 1]: the first value stands for cell −1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddValuesAfterFirst(ReadOnlySpan<int> cells, ReadOnlySpan<double> values, Span<double> target)
    {
        target = target[..cells.Length];
        for (var i = 0; i < cells.Length; i++)
            target[i] += values[cells[i] + 1];
    }

    /// <summary>rows[i, j] = x[i], for one j of rows of a width.</summary>
    /// <param name="rows">From the j-th number of the first row on.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SetColumn(ReadOnlySpan<double> x, int width, Span<double> rows)
    {
        var at = 0;
        for (var i = 0; i < x.Length; i++, at += width)
            rows[at] = x[i];
    }

    /// <summary>rows[i, j] = x[i]·y[i], for one j of rows of a width.</summary>
    /// <param name="rows">From the j-th number of the first row on.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SetProduct(ReadOnlySpan<double> x, ReadOnlySpan<double> y, int width, Span<double> rows)
    {
        y = y[..x.Length];
        var at = 0;
        for (var i = 0; i < x.Length; i++, at += width)
            rows[at] = x[i] * y[i];
    }

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    static void ThrowCell(int cell) => throw new ArgumentOutOfRangeException(nameof(cell), cell, "the table has no such cell.");
}
