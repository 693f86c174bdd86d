namespace Halley.Glm;

/// <summary>Where the products of two full columns stand in one array: a table for each pair of blocks that can be non-zero.</summary>
/// <remarks>
/// Blocks a ≤ b. Two cells of one block never meet, so its own table is only its diagonal:
/// <code>
/// a &lt; b: [column of a][column of b]            (full columns of a) × (full columns of b)
/// a = b: [cell][column][column of the same cell]
/// </code>
/// </remarks>
sealed class ProductLayout
{
    readonly IReadOnlyList<DesignBlock> blocks;
    readonly int[,] starts;

    internal ProductLayout(IReadOnlyList<DesignBlock> blocks)
    {
        this.blocks = blocks;
        starts = new int[blocks.Count, blocks.Count];
        var next = 0;
        for (var a = 0; a < blocks.Count; a++)
        {
            for (var b = a; b < blocks.Count; b++)
            {
                starts[a, b] = next;
                next = checked(next + (int)TableLength(blocks[a], blocks[b]));
            }
        }
        Length = next;
    }

    internal int Length { get; }

    /// <summary>Length of the array for these blocks, also where it is more than an array can hold.</summary>
    internal static long LengthOf(IReadOnlyList<DesignBlock> blocks)
    {
        var length = 0L;
        for (var a = 0; a < blocks.Count; a++)
        {
            for (var b = a; b < blocks.Count; b++)
                length += TableLength(blocks[a], blocks[b]);
        }
        return length;
    }

    static long TableLength(DesignBlock left, DesignBlock right) =>
        (long)left.FullColumnCount * (ReferenceEquals(left, right) ? left.Width : right.FullColumnCount);

    internal int StartOf(int a, int b) => starts[a, b];

    /// <summary>The symmetric matrix of the chosen full columns, shape (chosen × chosen), row by row.</summary>
    internal double[] Assemble(ReadOnlySpan<double> products, ReadOnlySpan<int> chosen)
    {
        var p = chosen.Length;
        var (owners, within) = (new int[p], new int[p]);
        for (var i = 0; i < p; i++)
        {
            owners[i] = OwnerOf(chosen[i]);
            within[i] = chosen[i] - blocks[owners[i]].Start;
        }
        var matrix = new double[p * p];
        for (var i = 0; i < p; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var value = At(products, owners[i], within[i], owners[j], within[j]);
                (matrix[i * p + j], matrix[j * p + i]) = (value, value);
            }
        }
        return matrix;
    }

    /// <summary>Products of each of the chosen full columns with itself, shape (chosen).</summary>
    internal double[] Diagonal(ReadOnlySpan<double> products, ReadOnlySpan<int> chosen)
    {
        var diagonal = new double[chosen.Length];
        for (var i = 0; i < diagonal.Length; i++)
        {
            var owner = OwnerOf(chosen[i]);
            var within = chosen[i] - blocks[owner].Start;
            diagonal[i] = At(products, owner, within, owner, within);
        }
        return diagonal;
    }

    /// <summary>Where the products of one block's columns with other full columns stand: column i's with the j-th at bases[j] + i·strides[j].</summary>
    /// <param name="start">First full column of the block.</param>
    /// <param name="columns">Full columns of other blocks.</param>
    internal (int[] Bases, int[] Strides) Between(int start, ReadOnlySpan<int> columns)
    {
        var a = OwnerOf(start);
        var (bases, strides) = (new int[columns.Length], new int[columns.Length]);
        for (var j = 0; j < columns.Length; j++)
        {
            var b = OwnerOf(columns[j]);
            var within = columns[j] - blocks[b].Start;
            (bases[j], strides[j]) =
                a < b
                    ? (starts[a, b] + within, blocks[b].FullColumnCount)
                    : (starts[b, a] + within * blocks[a].FullColumnCount, 1);
        }
        return (bases, strides);
    }

    double At(ReadOnlySpan<double> products, int a, int i, int b, int j)
    {
        if (a > b)
            (a, i, b, j) = (b, j, a, i);
        var width = blocks[b].Width;
        if (a != b)
            return products[starts[a, b] + i * blocks[b].FullColumnCount + j];
        var (cell, row) = Math.DivRem(i, width);
        var (otherCell, column) = Math.DivRem(j, width);
        if (cell != otherCell)
            return 0;
        // Only the upper triangle of a cell is summed.
        return products[starts[a, a] + (cell * width + Math.Min(row, column)) * width + Math.Max(row, column)];
    }

    int OwnerOf(int full)
    {
        var owner = blocks.Count - 1;
        while (blocks[owner].Start > full)
            owner--;
        return owner;
    }
}
