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
/// A group of very many cells has sums apart, which are there once and not for each thread (<see cref="PassSums"/>), a row for each cell:
/// <code>
/// [width | cells of group 0 | cells of group 1 | …]
/// </code>
/// </remarks>
sealed partial class PassLayout
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

    /// <summary>More cells than this make a group wide: more than a smooth has bins.</summary>
    const int WideCells = 4096;

    /// <summary>The group of very many cells; −1 where there is none.</summary>
    readonly int wide;

    /// <summary>Numbers that the sums of one of its cells take.</summary>
    readonly int wideStride;

    /// <summary>Where its pairs with the cells of each other group begin among them.</summary>
    readonly int[] widePlaces;

    /// <summary>Sources of block 0's numbers, narrow ones first; empty where numbers are columns over rows.</summary>
    readonly NumberSource[] sources;

    /// <summary>Where the sums by cell of each source stand.</summary>
    readonly int[] sourceStarts;

    /// <summary>Where each column of block 0 times h stands in a row of sums.</summary>
    readonly int[] rowPlaces;

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
        sources = [.. blocks[0].Sources.OrderBy(source => source.Columns.Length)];
        rowPlaces = RowPlaces();
        var filled = 2 + carried.Length + sources.Sum(source => source.Stride);
        width = filled <= 4 ? 4 : (filled + 3) / 4 * 4;
        groups = LevelGroups.Of(blocks, Enumerable.Range(0, blocks.Count).Where(b => grouped[b]), width, rowCount);
        // Blocks with codes and numbers use the plain tables, which then all have to be there.
        productCount = grouped.Skip(1).All(isGrouped => isGrouped) ? blocks[0].Width * blocks[0].Width : products.Length;
        (groupStarts, pairStarts) = (new int[groups.Length], new int[groups.Length, groups.Length]);
        wide = WidestOf(groups);
        (widePlaces, wideStride) = WidePlaces();
        var next = columnCount + productCount;
        for (var g = 0; g < groups.Length; g++)
        {
            groupStarts[g] = next;
            next = checked(next + (g == wide ? 0 : groups[g].CellCount * width));
        }
        for (var g = 0; g < groups.Length; g++)
        {
            for (var k = g + 1; k < groups.Length; k++)
            {
                pairStarts[g, k] = next;
                next = checked(next + (g == wide || k == wide ? 0 : groups[g].CellCount * groups[k].CellCount));
            }
        }
        sourceStarts = new int[sources.Length];
        for (var k = 0; k < sources.Length; k++)
        {
            sourceStarts[k] = next;
            next = checked(next + sources[k].CellCount * WidthOf(k));
        }
        Length = next;
    }

    PassLayout(PassLayout whole, IReadOnlyList<DesignBlock> blocks)
    {
        (this.blocks, products, grouped, carried) = (blocks, whole.products, whole.grouped, whole.carried);
        (width, columnCount, productCount) = (whole.width, whole.columnCount, whole.productCount);
        (groupStarts, pairStarts, Length) = (whole.groupStarts, whole.pairStarts, whole.Length);
        groups = LevelGroups.On(whole.groups, blocks);
        sources = [.. blocks[0].Sources.OrderBy(source => source.Columns.Length)];
        (sourceStarts, rowPlaces) = (whole.sourceStarts, whole.rowPlaces);
        (wide, wideStride, widePlaces) = (whole.wide, whole.wideStride, whole.widePlaces);
    }

    /// <summary>Numbers that a row adds to its cell of a source: u, h, and h times the columns of narrower sources.</summary>
    int WidthOf(int source) => (rowPlaces[sources[source].Columns[0]] + 3) / 4 * 4;

    int[] RowPlaces()
    {
        // What is 1 in all rows has its products in the sum of h.
        var places = new int[blocks[0].Width];
        Array.Fill(places, 1);
        for (var c = 0; c < carried.Length; c++)
            places[carried[c]] = 2 + c;
        var next = 2;
        foreach (var source in sources)
        {
            for (var j = 0; j < source.Columns.Length; j++)
                places[source.Columns[j]] = next + j;
            next += source.Stride;
        }
        return places;
    }

    /// <summary>The same sums over other rows of the same blocks.</summary>
    internal PassLayout On(IReadOnlyList<DesignBlock> others) => new(this, others);

    /// <summary>Blocks of levels that are counted together.</summary>
    internal IReadOnlyList<LevelGroup> Groups => groups;

    /// <summary>Where sums are kept between passes.</summary>
    internal SumRooms Rooms { get; } = new();

    bool IsSummedByCell(int block) => grouped[block] || (block == 0 && sources.Length > 0);

    /// <summary>Whether a block is in one of <see cref="Groups"/>.</summary>
    internal bool IsGrouped(int block) => grouped[block];

    /// <summary>Numbers in the sums with products, those of a wide group left out.</summary>
    internal int Length { get; }

    /// <summary>Numbers in the sums of a wide group; 0 where there is none.</summary>
    internal int WideLength => wide < 0 ? 0 : checked(groups[wide].CellCount * wideStride);

    /// <summary>Numbers that a row adds to its cells: u, h, and h times the columns of numbers.</summary>
    internal int RowWidth => width;

    /// <summary>Numbers in the sums of a pass for deviance and score alone: those of the columns, then of each group's cells.</summary>
    internal int ScoreLength => columnCount + groups.Sum(group => group.CellCount) + sources.Sum(source => source.CellCount);

    /// <summary>Doubles that <see cref="Add"/> works in.</summary>
    internal int WorkLength => ProductKernel.TileRows * (width + Math.Max(blocks.Max(block => block.Width), 1));

    /// <summary>Values by cell of each group, then of each source: what they add to a row's predictor.</summary>
    /// <param name="beta">Shape (columns).</param>
    internal double[][] ValuesOf(double[] beta)
    {
        var values = new double[groups.Length + sources.Length][];
        for (var k = 0; k < sources.Length; k++)
            values[groups.Length + k] = sources[k].ValuesOf(beta);
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
            if (!IsSummedByCell(b))
                blocks[b].AddTo(eta, start, beta);
        }
        if (sources.Length > 0)
        {
            foreach (ref var value in eta)
                value += beta[0];
        }
        for (var k = 0; k < sources.Length; k++)
            CellSums.AddValues(sources[k].Codes.AsSpan(start, eta.Length), values[groups.Length + k], eta);
        for (var g = 0; g < groups.Length; g++)
            CellSums.AddValues(groups[g].Cells.AsSpan(start, eta.Length), values[g], eta);
    }

    /// <summary>Adds score sums of a tile alone.</summary>
    internal void AddScore(ReadOnlySpan<double> u, int start, Span<double> sums)
    {
        for (var b = 0; b < blocks.Count; b++)
        {
            if (!IsSummedByCell(b))
                blocks[b].AddProducts(u, start, sums);
        }
        var own = sums[columnCount..];
        foreach (var group in groups)
        {
            CellSums.AddTo(group.Cells.AsSpan(start, u.Length), u, own[..group.CellCount]);
            own = own[group.CellCount..];
        }
        foreach (var source in sources)
        {
            CellSums.AddTo(source.Codes.AsSpan(start, u.Length), u, own[..source.CellCount]);
            own = own[source.CellCount..];
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
        for (var k = 0; k < sources.Length; k++)
        {
            var byCell = own[..sources[k].CellCount];
            score[0] += k == 0 ? Reduce.Sum(byCell) : 0;
            sources[k].AddScore(byCell, score);
            own = own[byCell.Length..];
        }
        return score;
    }

    /// <summary>Adds score and products of a tile.</summary>
    /// <param name="u">Score weights, shape (n).</param>
    /// <param name="h">Curvature weights, shape (n).</param>
    /// <param name="kept">Where there is a wide group: takes what the rows add to their cells, shape (n × width).</param>
    internal void Add(
        ReadOnlySpan<double> u,
        ReadOnlySpan<double> h,
        int start,
        Span<double> work,
        Span<double> sums,
        Span<double> kept
    )
    {
        var n = u.Length;
        if (sources.Length == 0)
        {
            for (var b = 0; b < blocks.Count; b++)
            {
                if (!grouped[b])
                    blocks[b].AddProducts(u, start, sums);
            }
            var weighted = work[(width * n)..];
            ProductKernel.AddTile(blocks, products, grouped, h, start, weighted, sums.Slice(columnCount, productCount));
        }
        if (groups.Length + sources.Length > 0)
            AddRows(u, h, start, work, sums, kept);
    }

    /// <summary>Adds each row's numbers to its cells. In parts of a tile: the rows of sums stay in the first-level cache.</summary>
    void AddRows(
        ReadOnlySpan<double> u,
        ReadOnlySpan<double> h,
        int start,
        Span<double> work,
        Span<double> sums,
        Span<double> kept
    )
    {
        const int part = ProductKernel.TileRows / 4;
        for (var from = 0; from < u.Length; from += part)
        {
            var n = Math.Min(part, u.Length - from);
            var first = start + from;
            var own = work[..(width * n)];
            SetRows(u.Slice(from, n), h.Slice(from, n), first, own);
            if (wide >= 0)
                own.CopyTo(kept[(from * width)..]);
            for (var g = 0; g < groups.Length; g++)
            {
                if (g == wide)
                    continue;
                var cells = groups[g].Cells.AsSpan(first, n);
                CellSums.AddRows(cells, own, width, width, sums.Slice(groupStarts[g], groups[g].CellCount * width));
                for (var k = g + 1; k < groups.Length; k++)
                {
                    if (k == wide)
                        continue;
                    var count = groups[k].CellCount;
                    var table = sums.Slice(pairStarts[g, k], groups[g].CellCount * count);
                    CellSums.AddPairs(h.Slice(from, n), cells, groups[k].Cells.AsSpan(first, n), count, table);
                }
            }
            for (var k = 0; k < sources.Length; k++)
            {
                var table = sums.Slice(sourceStarts[k], sources[k].CellCount * WidthOf(k));
                CellSums.AddRows(sources[k].Codes.AsSpan(first, n), own, width, WidthOf(k), table);
            }
        }
    }

    /// <summary>rows[i] = [u, h, h·x₁, h·x₂, …].</summary>
    void SetRows(ReadOnlySpan<double> u, ReadOnlySpan<double> h, int start, Span<double> rows)
    {
        CellSums.SetPair(u, h, width, rows);
        for (var j = 0; j < carried.Length; j++)
            CellSums.SetProduct(h, blocks[0].Columns[carried[j]].AsSpan(start, h.Length), width, rows[(2 + j)..]);
        foreach (var source in sources)
        {
            var codes = source.Codes.AsSpan(start, h.Length);
            CellSums.SetLookups(h, codes, source.Table, source.Stride, width, rows[rowPlaces[source.Columns[0]]..]);
        }
    }
}
