using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Where the sums of one pass over the rows stand, how a tile of rows is added to them, and how score and products follow.</summary>
/// <remarks>
/// Levels are summed by groups (<see cref="LevelGroups"/>): each row adds [u, h, h·x₁, h·x₂, …] to its cell of every group, x the columns
/// of numbers, and h to the pair of cells of every two groups. Own sums, products with numbers and pairs of levels within a group
/// all follow from the first, once a pass.
/// <code>
/// [score of columns | products of columns | group 0: cells × width | group 1 … | groups 0,1: cells × cells | groups 0,2 …]
/// </code>
/// </remarks>
sealed class PassLayout
{
    readonly IReadOnlyList<DesignBlock> blocks;
    readonly ProductLayout products;
    readonly LevelGroup[] groups;
    readonly bool[] grouped;
    readonly int[] carried;
    readonly int width;
    readonly int columnCount;
    readonly int productCount;
    readonly int[] groupStarts;
    readonly int[,] pairStarts;

    /// <param name="rowCount">Rows of the whole fit, by which groups are chosen.</param>
    /// <param name="varying">Which columns of block 0 are not all ones; null to look at their values.</param>
    internal PassLayout(IReadOnlyList<DesignBlock> blocks, ProductLayout products, int rowCount, bool[]? varying = null)
    {
        (this.blocks, this.products) = (blocks, products);
        columnCount = blocks[^1].Start + blocks[^1].FullColumnCount;
        grouped = [.. blocks.Select(block => block.Codes is not null && block.Columns.Length == 0)];
        carried =
        [
            .. Enumerable
                .Range(0, blocks[0].Columns.Length)
                .Where(j => varying?[j] ?? blocks[0].Columns[j].AsSpan().ContainsAnyExcept(1.0)),
        ];
        width = 2 + carried.Length <= 4 ? 4 : (2 + carried.Length + 7) / 8 * 8;
        groups = LevelGroups.Of(blocks, Enumerable.Range(0, blocks.Count).Where(b => grouped[b]), width, rowCount);
        // Blocks with codes and numbers use the plain tables, which then all have to be there.
        productCount = grouped.Skip(1).All(isGrouped => isGrouped) ? blocks[0].Width * blocks[0].Width : products.Length;
        (groupStarts, pairStarts) = (new int[groups.Length], new int[groups.Length, groups.Length]);
        var next = columnCount + productCount;
        for (var g = 0; g < groups.Length; g++)
        {
            groupStarts[g] = next;
            next = checked(next + groups[g].CellCount * width);
        }
        for (var g = 0; g < groups.Length; g++)
        {
            for (var k = g + 1; k < groups.Length; k++)
            {
                pairStarts[g, k] = next;
                next = checked(next + groups[g].CellCount * groups[k].CellCount);
            }
        }
        Length = next;
    }

    PassLayout(PassLayout whole, IReadOnlyList<DesignBlock> blocks)
    {
        (this.blocks, products, grouped, carried) = (blocks, whole.products, whole.grouped, whole.carried);
        (width, columnCount, productCount) = (whole.width, whole.columnCount, whole.productCount);
        (groupStarts, pairStarts, Length) = (whole.groupStarts, whole.pairStarts, whole.Length);
        groups = LevelGroups.On(whole.groups, blocks);
    }

    /// <summary>The same sums over other rows of the same blocks.</summary>
    internal PassLayout On(IReadOnlyList<DesignBlock> others) => new(this, others);

    /// <summary>Blocks of levels that are counted together.</summary>
    internal IReadOnlyList<LevelGroup> Groups => groups;

    /// <summary>Whether a block is in one of <see cref="Groups"/>.</summary>
    internal bool IsGrouped(int block) => grouped[block];

    /// <summary>Numbers in the sums with products.</summary>
    internal int Length { get; }

    /// <summary>Numbers in the sums of a pass for deviance and score alone: those of the columns, then of each group's cells.</summary>
    internal int ScoreLength => columnCount + groups.Sum(group => group.CellCount);

    /// <summary>Doubles that <see cref="Add"/> works in.</summary>
    internal int WorkLength => ProductKernel.TileRows * (width + Math.Max(blocks.Max(block => block.Width), 1));

    /// <summary>Values by cell of each group: what its levels add to a row's predictor.</summary>
    /// <param name="beta">Shape (columns).</param>
    internal double[][] ValuesOf(double[] beta)
    {
        var values = new double[groups.Length][];
        for (var g = 0; g < groups.Length; g++)
        {
            values[g] = new double[groups[g].CellCount];
            for (var cell = 0; cell < values[g].Length; cell++)
            {
                for (var m = 0; m < groups[g].Members.Length; m++)
                    values[g][cell] += beta[blocks[groups[g].Members[m]].Start + groups[g].CellOf(m, cell)];
            }
        }
        return values;
    }

    /// <summary>eta = offset + design·beta for rows from start on; shape (n).</summary>
    /// <param name="values">Of <see cref="ValuesOf"/>.</param>
    internal void Predict(double[] beta, double[][] values, ReadOnlySpan<double> offset, int start, Span<double> eta)
    {
        offset.Slice(start, eta.Length).CopyTo(eta);
        for (var b = 0; b < blocks.Count; b++)
        {
            if (!grouped[b])
                blocks[b].AddTo(eta, start, beta);
        }
        for (var g = 0; g < groups.Length; g++)
            CellSums.AddValues(groups[g].Cells.AsSpan(start, eta.Length), values[g], eta);
    }

    /// <summary>Adds score sums of a tile alone.</summary>
    internal void AddScore(ReadOnlySpan<double> u, int start, Span<double> sums)
    {
        for (var b = 0; b < blocks.Count; b++)
        {
            if (!grouped[b])
                blocks[b].AddProducts(u, start, sums);
        }
        var own = sums[columnCount..];
        foreach (var group in groups)
        {
            CellSums.AddTo(group.Cells.AsSpan(start, u.Length), u, own[..group.CellCount]);
            own = own[group.CellCount..];
        }
    }

    /// <summary>Score by column from the sums of all rows.</summary>
    internal double[] ExpandScore(ReadOnlySpan<double> sums)
    {
        var score = sums[..columnCount].ToArray();
        var own = sums[columnCount..];
        foreach (var group in groups)
        {
            for (var m = 0; m < group.Members.Length; m++)
            {
                for (var cell = 0; cell < group.CellCount; cell++)
                    score[blocks[group.Members[m]].Start + group.CellOf(m, cell)] += own[cell];
            }
            own = own[group.CellCount..];
        }
        return score;
    }

    /// <summary>Adds score and products of a tile.</summary>
    /// <param name="u">Score weights, shape (n).</param>
    /// <param name="h">Curvature weights, shape (n).</param>
    internal void Add(ReadOnlySpan<double> u, ReadOnlySpan<double> h, int start, Span<double> work, Span<double> sums)
    {
        var n = u.Length;
        for (var b = 0; b < blocks.Count; b++)
        {
            if (!grouped[b])
                blocks[b].AddProducts(u, start, sums);
        }
        var weighted = work[(width * n)..];
        ProductKernel.AddTile(blocks, products, grouped, h, start, weighted, sums.Slice(columnCount, productCount));
        if (groups.Length == 0)
            return;
        var rows = work[..(width * n)];
        CellSums.SetColumn(u, width, rows);
        CellSums.SetColumn(h, width, rows[1..]);
        for (var j = 0; j < carried.Length; j++)
            CellSums.SetProduct(h, blocks[0].Columns[carried[j]].AsSpan(start, n), width, rows[(2 + j)..]);
        for (var g = 0; g < groups.Length; g++)
        {
            var cells = groups[g].Cells.AsSpan(start, n);
            CellSums.AddRows(cells, rows, width, sums.Slice(groupStarts[g], groups[g].CellCount * width));
            for (var k = g + 1; k < groups.Length; k++)
            {
                var count = groups[k].CellCount;
                var table = sums.Slice(pairStarts[g, k], groups[g].CellCount * count);
                CellSums.AddPairs(h, cells, groups[k].Cells.AsSpan(start, n), count, table);
            }
        }
    }

    /// <summary>Score and products by column from the sums of all rows.</summary>
    internal (double[] Score, double[] Products) Expand(ReadOnlySpan<double> sums)
    {
        var score = sums[..columnCount].ToArray();
        var table = new double[products.Length];
        sums.Slice(columnCount, productCount).CopyTo(table);
        for (var g = 0; g < groups.Length; g++)
        {
            var group = groups[g];
            for (var cell = 0; cell < group.CellCount; cell++)
                ExpandCell(group, cell, sums.Slice(groupStarts[g] + cell * width, width), score, table);
            for (var k = g + 1; k < groups.Length; k++)
                ExpandPair(group, groups[k], sums[pairStarts[g, k]..], table);
        }
        return (score, table);
    }

    void ExpandCell(LevelGroup group, int cell, ReadOnlySpan<double> row, double[] score, double[] table)
    {
        for (var m = 0; m < group.Members.Length; m++)
        {
            var (b, own) = (group.Members[m], group.CellOf(m, cell));
            score[blocks[b].Start + own] += row[0];
            table[products.StartOf(b, b) + own] += row[1];
            for (var (j, c) = (0, 0); j < blocks[0].Columns.Length; j++)
            {
                var isCarried = c < carried.Length && carried[c] == j;
                table[products.StartOf(0, b) + j * blocks[b].CellCount + own] += isCarried ? row[2 + c++] : row[1];
            }
            for (var other = m + 1; other < group.Members.Length; other++)
                table[PlaceOf(b, own, group.Members[other], group.CellOf(other, cell))] += row[1];
        }
    }

    void ExpandPair(LevelGroup left, LevelGroup right, ReadOnlySpan<double> sums, double[] table)
    {
        for (var a = 0; a < left.CellCount; a++)
        {
            for (var b = 0; b < right.CellCount; b++)
            {
                var value = sums[a * right.CellCount + b];
                if (value == 0)
                    continue;
                for (var m = 0; m < left.Members.Length; m++)
                {
                    for (var k = 0; k < right.Members.Length; k++)
                        table[PlaceOf(left.Members[m], left.CellOf(m, a), right.Members[k], right.CellOf(k, b))] += value;
                }
            }
        }
    }

    int PlaceOf(int a, int i, int b, int j) =>
        a < b
            ? products.StartOf(a, b) + i * blocks[b].FullColumnCount + j
            : products.StartOf(b, a) + j * blocks[a].FullColumnCount + i;
}
