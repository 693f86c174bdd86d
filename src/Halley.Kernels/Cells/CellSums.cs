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
    /// <summary>table[cells[i], :] += rows[i, :].</summary>
    /// <param name="cells">Shape (n).</param>
    /// <param name="rows">Shape (n × width).</param>
    /// <param name="width">Numbers a row: 4, or a multiple of 8.</param>
    /// <param name="table">Shape (cells × width).</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddRows(ReadOnlySpan<int> cells, ReadOnlySpan<double> rows, int width, Span<double> table)
    {
        if (width != 4 && (width < 8 || width % 8 != 0))
            throw new ArgumentOutOfRangeException(nameof(width), width, "a row has 4 numbers, or a multiple of 8.");
        rows = rows[..(cells.Length * width)];
        var cellCount = (uint)(table.Length / width);
        ref var first = ref MemoryMarshal.GetReference(table);
        ref var source = ref MemoryMarshal.GetReference(rows);
        for (var i = 0; i < cells.Length; i++)
        {
            if ((uint)cells[i] >= cellCount)
                ThrowCell(cells[i]);
            // Both offsets end before the spans do: the cell was compared, and rows was cut to n × width.
            ref var target = ref Unsafe.Add(ref first, (nint)cells[i] * width);
            ref var row = ref Unsafe.Add(ref source, (nint)i * width);
            if (width == 4)
            {
                (Vector256.LoadUnsafe(ref target) + Vector256.LoadUnsafe(ref row)).StoreUnsafe(ref target);
                continue;
            }
            for (nint j = 0; j < width; j += 8)
            {
                ref var lanes = ref Unsafe.Add(ref target, j);
                (Vector512.LoadUnsafe(ref lanes) + Vector512.LoadUnsafe(ref Unsafe.Add(ref row, j))).StoreUnsafe(ref lanes);
            }
        }
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
