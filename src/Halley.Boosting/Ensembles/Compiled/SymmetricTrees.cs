using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>A run of symmetric trees of one depth: every level cuts one column at one place, so a leaf's number is a bit a level.</summary>
/// <remarks>Rows are compared 32 at a time, which pays for batches; source of the form: Prokhorenkova et al. (2018), NeurIPS 31, sec. 4.</remarks>
sealed class SymmetricTrees
{
    /// <summary>Rows below which a vector of rows would mostly be empty.</summary>
    internal const int LeastRows = 16;

    const int MostLevels = 8;

    readonly int depth;

    /// <summary>Shape (trees, depth).</summary>
    readonly LevelCut[] levels;

    /// <summary>Shape (trees, 2^depth).</summary>
    readonly double[] values;

    SymmetricTrees(int depth, LevelCut[] levels, double[] values) =>
        (this.depth, this.levels, this.values) = (depth, levels, values);

    /// <summary>Levels of a tree whose nodes of a level all cut alike, by numbers; −1 for any other tree.</summary>
    internal static int DepthOf(TreeNodes nodes, int tree) => LevelsOf(nodes, tree, [])?.Count ?? -1;

    /// <summary>Cells as they are compared: a number's place among signed ones.</summary>
    internal static short Signed(ushort cell) => (short)(cell - 32768);

    internal static SymmetricTrees Of(TreeNodes nodes, CellColumn[] columns, int[] cellOf, int first, int count)
    {
        var (levels, values) = (new List<LevelCut>(), new List<double>());
        for (var tree = first; tree < first + count; tree++)
        {
            foreach (var node in LevelsOf(nodes, tree, values)!)
            {
                var cell = cellOf[node.Input];
                var last = Signed((ushort)(1 + Array.BinarySearch(columns[cell].Cuts!, node.Value)));
                // Cell 0 is missing: it stays below every cut, or is wrapped around to above them.
                levels.Add(node.MissingLeft ? new(cell, 0, last) : new(cell, 1, (short)(last - 1)));
            }
        }
        return new(levels.Count / count, [.. levels], [.. values]);
    }

    /// <summary>Adds the leaves of every tree of the run, in tree order.</summary>
    /// <param name="cells">Signed, column by column, <paramref name="stride"/> rows each.</param>
    /// <param name="sums">Shape (rows).</param>
    internal void Add(ReadOnlySpan<short> cells, int stride, Span<double> sums)
    {
        Span<short> places = stackalloc short[4 * stride];
        var (width, trees) = (1 << depth, values.Length >> depth);
        for (var tree = 0; tree < trees; )
        {
            var some = tree + 4 <= trees ? 4 : 1;
            for (var i = 0; i < some; i++)
                SymmetricLeaves.Place(
                    cells,
                    stride,
                    sums.Length,
                    levels.AsSpan((tree + i) * depth, depth),
                    places.Slice(i * stride, stride)
                );
            if (some == 4)
                SymmetricLeaves.AddFour(values.AsSpan(tree * width, 4 * width), width, places, stride, sums);
            else
                SymmetricLeaves.Add(values.AsSpan(tree * width, width), places, sums);
            tree += some;
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
