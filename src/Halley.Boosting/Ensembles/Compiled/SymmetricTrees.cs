using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>A run of symmetric trees of one depth: every level cuts one column at one place, so a leaf's number is a bit a level.</summary>
/// <remarks>Many rows are compared at a time, which pays for batches; source of the form: Prokhorenkova et al. (2018), NeurIPS 31, sec. 4.</remarks>
sealed class SymmetricTrees
{
    /// <summary>Rows below which a vector of rows would mostly be empty.</summary>
    internal const int LeastRows = 16;

    const int MostLevels = 8;

    /// <summary>Values that a tree of six levels has; trees of four and five are filled up to it.</summary>
    const int TableWidth = 64;

    readonly int depth;

    /// <summary>Values kept a tree.</summary>
    readonly int width;

    /// <summary>Shape (trees, depth).</summary>
    readonly LevelCut[] levels;

    /// <summary>Shape (trees, width).</summary>
    readonly double[] values;

    SymmetricTrees(int depth, int width, LevelCut[] levels, double[] values) =>
        (this.depth, this.width, this.levels, this.values) = (depth, width, levels, values);

    /// <summary>Levels of a tree whose nodes of a level all cut alike, by numbers; −1 for any other tree.</summary>
    internal static int DepthOf(TreeNodes nodes, int tree) => LevelsOf(nodes, tree, [])?.Count ?? -1;

    /// <summary>Cells as they are compared: a number's place among signed ones, missing below every cut.</summary>
    internal static short Signed(ushort cell) => (short)(cell - 32768);

    /// <summary>The same with missing above every cut.</summary>
    internal static short SignedMissingLast(ushort cell) => cell == 0 ? short.MaxValue : Signed(cell);

    internal static SymmetricTrees Of(TreeNodes nodes, CellColumn[] columns, int[] cellOf, int first, int count)
    {
        var (levels, values) = (new List<LevelCut>(), new List<double>());
        var depth = DepthOf(nodes, first);
        var width = depth is 4 or 5 ? TableWidth : 1 << depth;
        for (var tree = first; tree < first + count; tree++)
        {
            foreach (var node in LevelsOf(nodes, tree, values)!)
            {
                var cell = cellOf[node.Input];
                var last = Signed((ushort)(1 + Array.BinarySearch(columns[cell].Cuts!, node.Value)));
                levels.Add(new(node.MissingLeft ? cell : columns.Length + cell, last));
            }
            values.AddRange(new double[width - (1 << depth)]);
        }
        return new(depth, width, [.. levels], [.. values]);
    }

    /// <summary>Adds the leaves of every tree of the run, in tree order.</summary>
    /// <param name="cells">
    /// Column by column, <paramref name="stride"/> rows each: all columns by <see cref="Signed"/>, then all by <see cref="SignedMissingLast"/>.
    /// </param>
    /// <param name="sums">Shape (rows).</param>
    internal void Add(ReadOnlySpan<short> cells, int stride, Span<double> sums)
    {
        Span<short> places = stackalloc short[stride];
        var inRegisters = width == TableWidth && SymmetricLeaves.KeepsTables;
        for (var (tree, trees) = (0, values.Length / width); tree < trees; tree++)
        {
            SymmetricLeaves.Place(cells, stride, sums.Length, levels.AsSpan(tree * depth, depth), places);
            var own = values.AsSpan(tree * width, width);
            if (inRegisters)
                SymmetricLeaves.AddSixty4(own, places, sums);
            else
                SymmetricLeaves.Add(own, places, sums);
        }
    }

    /// <summary>A node of each level, and the leaves' values in the order of their places; null where levels are not alike.</summary>
    /// <param name="values">Receives the values.</param>
    static List<TreeNode>? LevelsOf(TreeNodes nodes, int tree, List<double> values)
    {
        var (levels, row) = (new List<TreeNode>(), new[] { nodes.Roots[tree] });
        while (true)
        {
            var first = nodes.All[row[0]];
            if (first.IsLeaf)
                break;
            if (
                levels.Count == MostLevels
                || first.LevelSet >= 0
                || !Array.TrueForAll(row, index => CutsAlike(nodes.All[index], first))
            )
                return null;
            levels.Add(first);
            row = [.. row.Select(index => nodes.All[index].Left), .. row.Select(index => nodes.All[index].Left + 1)];
        }
        if (!Array.TrueForAll(row, index => nodes.All[index].IsLeaf))
            return null;
        values.AddRange(row.Select(index => nodes.All[index].Value));
        return levels;
    }

    static bool CutsAlike(in TreeNode node, in TreeNode other) => node with { Left = other.Left } == other;
}
