using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Adds Σᵢ h[i]·xᵢ·xᵢ′ over a tile of rows to the tables of a <see cref="ProductLayout"/>.</summary>
static class ProductKernel
{
    /// <summary>Rows of a tile: its weighted columns stay in the first-level cache.</summary>
    internal const int TileRows = 512;

    /// <param name="grouped">Blocks whose pairs with each other and with block 0 are summed elsewhere; empty for none.</param>
    /// <param name="h">Weights of the tile's rows, shape (n).</param>
    /// <param name="start">First row of the tile.</param>
    /// <param name="weighted">Work space, shape (largest width × <see cref="TileRows"/>).</param>
    /// <param name="sums">Shape (layout's length).</param>
    internal static void AddTile(
        IReadOnlyList<DesignBlock> blocks,
        ProductLayout layout,
        ReadOnlySpan<bool> grouped,
        ReadOnlySpan<double> h,
        int start,
        Span<double> weighted,
        Span<double> sums
    )
    {
        for (var a = 0; a < blocks.Count; a++)
        {
            var left = blocks[a];
            var isGrouped = !grouped.IsEmpty && grouped[a];
            // A grouped block meets here only blocks that are not.
            if (isGrouped && !grouped[(a + 1)..].Contains(false))
                continue;
            WeightColumns(left, h, start, weighted);
            if (!isGrouped)
                AddOwn(left, weighted, h.Length, start, sums[layout.StartOf(a, a)..]);
            for (var b = a + 1; b < blocks.Count; b++)
            {
                if ((isGrouped || a == 0) && !grouped.IsEmpty && grouped[b])
                    continue;
                var right = blocks[b];
                var table = sums.Slice(layout.StartOf(a, b), left.FullColumnCount * right.FullColumnCount);
                for (var j = 0; j < left.Width; j++)
                    AddPair(left, j, weighted.Slice(j * h.Length, h.Length), right, start, table);
            }
        }
    }

    /// <summary>weighted[j][i] = h[i]·column j.</summary>
    static void WeightColumns(DesignBlock block, ReadOnlySpan<double> h, int start, Span<double> weighted)
    {
        if (block.Columns.Length == 0)
        {
            h.CopyTo(weighted);
            return;
        }
        for (var j = 0; j < block.Width; j++)
        {
            Reduce.Multiply(h, block.Columns[j].AsSpan(start, h.Length), weighted.Slice(j * h.Length, h.Length));
        }
    }

    static void AddOwn(DesignBlock block, ReadOnlySpan<double> weighted, int n, int start, Span<double> table)
    {
        var width = block.Width;
        if (block.Codes is null)
        {
            AddNumbers(block.Columns, weighted, n, start, table);
            return;
        }
        for (var j = 0; j < width; j++)
        {
            var left = weighted.Slice(j * n, n);
            for (var k = j; k < width; k++)
            {
                var codes = block.Codes.AsSpan(start, n);
                if (block.Columns.Length == 0)
                    Scatter(left, codes, table);
                else
                    Scatter(left, block.Columns[k].AsSpan(start, n), codes, width * width, table[(j * width + k)..]);
            }
        }
    }

    /// <summary>Upper triangle of the products of columns of numbers, four at a time.</summary>
    /// <param name="columns">Shape (k)(rows).</param>
    /// <param name="weighted">The tile's part of each column times its rows' weights, shape (k × n).</param>
    internal static void AddNumbers(double[][] columns, ReadOnlySpan<double> weighted, int n, int start, Span<double> table)
    {
        var width = columns.Length;
        for (var j = 0; j < width; j++)
        {
            var left = weighted.Slice(j * n, n);
            var row = table.Slice(j * width, width);
            var k = j;
            for (; k + 4 <= width; k += 4)
            {
                var (a, b, c, d) = Reduce.Dots(
                    left,
                    columns[k].AsSpan(start, n),
                    columns[k + 1].AsSpan(start, n),
                    columns[k + 2].AsSpan(start, n),
                    columns[k + 3].AsSpan(start, n)
                );
                row[k] += a;
                row[k + 1] += b;
                row[k + 2] += c;
                row[k + 3] += d;
            }
            for (; k < width; k++)
                row[k] += Reduce.Dot(left, columns[k].AsSpan(start, n));
        }
    }

    /// <summary>Products of column j of the left block with all columns of the right one, which has codes.</summary>
    static void AddPair(DesignBlock left, int j, ReadOnlySpan<double> weighted, DesignBlock right, int start, Span<double> table)
    {
        var n = weighted.Length;
        var codes = right.Codes.AsSpan(start, n);
        var rowLength = right.FullColumnCount;
        if (left.Codes is null)
        {
            var row = table.Slice(j * rowLength, rowLength);
            if (right.Columns.Length == 0)
                Scatter(weighted, codes, row);
            for (var k = 0; k < right.Columns.Length; k++)
                Scatter(weighted, right.Columns[k].AsSpan(start, n), codes, right.Width, row[k..]);
            return;
        }
        var leftCodes = left.Codes.AsSpan(start, n);
        var stride = left.Width * rowLength;
        table = table[(j * rowLength)..];
        if (right.Columns.Length == 0)
        {
            for (var i = 0; i < n; i++)
                table[leftCodes[i] * stride + codes[i]] += weighted[i];
            return;
        }
        for (var k = 0; k < right.Width; k++)
        {
            var column = right.Columns[k].AsSpan(start, n);
            for (var i = 0; i < n; i++)
                table[leftCodes[i] * stride + codes[i] * right.Width + k] += weighted[i] * column[i];
        }
    }

    /// <summary>table[codes[i]] += x[i].</summary>
    static void Scatter(ReadOnlySpan<double> x, ReadOnlySpan<int> codes, Span<double> table)
    {
        codes = codes[..x.Length];
        for (var i = 0; i < x.Length; i++)
            table[codes[i]] += x[i];
    }

    /// <summary>table[codes[i]·stride] += x[i]·y[i].</summary>
    static void Scatter(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<int> codes, int stride, Span<double> table)
    {
        y = y[..x.Length];
        codes = codes[..x.Length];
        for (var i = 0; i < x.Length; i++)
            table[codes[i] * stride] += x[i] * y[i];
    }
}
