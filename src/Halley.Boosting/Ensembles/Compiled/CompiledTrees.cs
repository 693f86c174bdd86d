namespace Halley.Boosting;

/// <summary>An ensemble prepared for fast scoring: cells of columns once a row, then runs of small trees by masks and larger ones node by node.</summary>
sealed class CompiledTrees
{
    /// <summary>Cells of a column, and masks of a block, are numbered in 16 bits.</summary>
    const int MostCells = 60_000;

    /// <summary>Above this many map entries or masks, walking the nodes needs less memory than it wastes in time.</summary>
    const long MostEntries = 1 << 24;

    readonly List<Run> runs = [];

    CompiledTrees(CellColumn[] columns) => Columns = columns;

    internal CellColumn[] Columns { get; }

    /// <summary>Null where an ensemble is better walked: linear leaves, or more cells than are worth their memory.</summary>
    internal static CompiledTrees? Of(TreeEnsemble trees)
    {
        if (trees.Nodes.Linear is not null || trees.Rule.Aggregate != TreeAggregate.Sum || ColumnsOf(trees) is not { } columns)
            return null;
        var cellOf = new int[trees.Width];
        for (var cell = 0; cell < columns.Length; cell++)
            cellOf[columns[cell].Column] = cell;
        var compiled = new CompiledTrees(columns);
        var codes = columns.Where(column => column.Cuts is null).Sum(column => (long)column.Count);
        var cells = columns.Sum(column => (long)column.Count);
        if (
            (trees.TreeCount / 8 + 1) * cells > MostEntries
            || (trees.TreeCount + 16) * codes > MostEntries
            || codes > MostCells / 2
        )
            return null;
        for (var tree = 0; tree < trees.TreeCount; )
        {
            var first = tree;
            var (bits, depth) = FormOf(trees, tree);
            while (tree < trees.TreeCount && FormOf(trees, tree) == (bits, depth))
                tree++;
            compiled.runs.Add(
                new(
                    first,
                    tree - first,
                    bits == 32
                        ? new MaskBlockBuilder<uint>(trees.Nodes, columns, cellOf).Build(first, tree - first, trees.Rule)
                        : null,
                    bits == 64
                        ? new MaskBlockBuilder<ulong>(trees.Nodes, columns, cellOf).Build(first, tree - first, trees.Rule)
                        : null,
                    depth >= 0 ? SymmetricTrees.Of(trees.Nodes, columns, cellOf, first, tree - first) : null
                )
            );
        }
        return compiled;
    }

    /// <summary>Whether batches need cells column by column.</summary>
    internal bool HasSymmetric => runs.Exists(run => run.Symmetric is not null);

    /// <summary>Adds every tree's leaves, in tree order.</summary>
    /// <param name="cells">Shape (rows, <see cref="Columns"/>).</param>
    /// <param name="byColumn">Cells for <see cref="SymmetricTrees.Add"/>, shape (2 × <see cref="Columns"/>, stride); empty for few rows.</param>
    /// <param name="sums">Shape (rows, outputs).</param>
    /// <param name="walk">Adds trees that masks do not fit: from the first, and how many.</param>
    internal void Add<TWalk>(
        ReadOnlySpan<ushort> cells,
        ReadOnlySpan<short> byColumn,
        int rows,
        Span<double> sums,
        ScoreRule rule,
        in TWalk walk
    )
        where TWalk : struct, ITreeWalk, allows ref struct
    {
        foreach (var run in runs)
        {
            if (run.Symmetric is { } symmetric && !byColumn.IsEmpty)
                symmetric.Add(byColumn, byColumn.Length / (2 * Columns.Length), sums);
            else if (run.Small is { } small)
                small.Add(cells, Columns.Length, rows, sums, rule.OutputCount, rule.SingleSums);
            else if (run.Middle is { } middle)
                middle.Add(cells, Columns.Length, rows, sums, rule.OutputCount, rule.SingleSums);
            else
                walk.Walk(run.First, run.Count, sums);
        }
    }

    /// <summary>Bits of the masks that a tree's leaves need, 0 for more than there are; and its depth where it is symmetric, else −1.</summary>
    static (int Bits, int Depth) FormOf(TreeEnsemble trees, int tree)
    {
        var (start, end) = trees.Nodes.RangeOf(tree);
        var leaves = (end - start + 1) / 2;
        var bits =
            leaves <= 32 ? 32
            : leaves <= 64 ? 64
            : 0;
        var simple = trees.OutputCount == 1 && !trees.Rule.SingleSums;
        return (bits, simple ? SymmetricTrees.DepthOf(trees.Nodes, tree) : -1);
    }

    static CellColumn[]? ColumnsOf(TreeEnsemble trees)
    {
        var (cuts, codes) = (new SortedDictionary<int, SortedSet<double>>(), new SortedDictionary<int, int>());
        var nodes = trees.Nodes;
        foreach (var node in nodes.All)
        {
            if (node.IsLeaf)
                continue;
            if (node.LevelSet >= 0)
                codes[node.Input] = Math.Max(
                    codes.GetValueOrDefault(node.Input),
                    64 * (nodes.SetStarts[node.LevelSet + 1] - nodes.SetStarts[node.LevelSet])
                );
            else if (cuts.TryGetValue(node.Input, out var known))
                known.Add(node.Value);
            else
                cuts[node.Input] = [node.Value];
        }
        var mixed = codes.Keys.Any(cuts.ContainsKey);
        if (mixed || cuts.Values.Any(set => set.Count > MostCells) || codes.Values.Any(count => count > MostCells))
            return null;
        return
        [
            .. cuts.Select(pair => new CellColumn(pair.Key, [.. pair.Value], 0)),
            .. codes.Select(pair => new CellColumn(pair.Key, null, pair.Value)),
        ];
    }

    sealed record Run(int First, int Count, MaskBlocks<uint>? Small, MaskBlocks<ulong>? Middle, SymmetricTrees? Symmetric);
}
