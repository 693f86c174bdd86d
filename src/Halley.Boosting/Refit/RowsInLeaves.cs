using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>Rows sorted by the leaf of a tree that they fall into, each leaf's in their order.</summary>
sealed class RowsInLeaves
{
    readonly TreeEnsemble trees;
    readonly double[] values;
    readonly int width;
    readonly int threads;
    readonly CancellationToken cancellation;

    /// <summary>Node of each row in the present tree, shape (n).</summary>
    readonly int[] nodeOfRow;
    readonly int[] rows;
    int[] leaves = [];
    int[] starts = [];

    /// <param name="inputs">A slot for each input of the trees.</param>
    internal RowsInLeaves(TreeEnsemble trees, SlotBlock inputs, int threads, CancellationToken cancellation)
    {
        (this.trees, this.threads, this.cancellation) = (trees, threads, cancellation);
        (values, width) = (trees.RowsOf(inputs), trees.RowWidth);
        (nodeOfRow, rows) = (new int[inputs.RowCount], new int[inputs.RowCount]);
    }

    internal int LeafCount => leaves.Length;

    /// <summary>Index of a leaf among the ensemble's nodes.</summary>
    internal int NodeOf(int leaf) => leaves[leaf];

    internal ReadOnlySpan<int> RowsOf(int leaf) => rows.AsSpan(starts[leaf]..starts[leaf + 1]);

    /// <summary>Goes on to a tree.</summary>
    internal void Sort(int tree)
    {
        var (start, end) = trees.Nodes.RangeOf(tree);
        RowBlocks.For(
            nodeOfRow.Length,
            threads,
            block =>
            {
                for (var row = block.Start; row < block.End; row++)
                    nodeOfRow[row] = trees.Nodes.LeafAt(start, values.AsSpan(row * width, width));
            },
            cancellation
        );
        // A counting sort: leaves in the order of their nodes, rows in theirs.
        leaves = [.. Enumerable.Range(start, end - start).Where(node => trees.Nodes.All[node].IsLeaf)];
        var leafOfNode = new int[end - start];
        foreach (var (leaf, node) in leaves.Index())
            leafOfNode[node - start] = leaf;
        starts = new int[leaves.Length + 1];
        foreach (var node in nodeOfRow)
            starts[leafOfNode[node - start] + 1]++;
        for (var leaf = 0; leaf < leaves.Length; leaf++)
            starts[leaf + 1] += starts[leaf];
        var next = starts[..^1];
        for (var row = 0; row < nodeOfRow.Length; row++)
            rows[next[leafOfNode[nodeOfRow[row] - start]]++] = row;
    }

    /// <summary>Adds the value of each row's leaf.</summary>
    /// <param name="nodes">Of all trees.</param>
    /// <param name="eta">Shape (n).</param>
    internal void AddValues(TreeNode[] nodes, double[] eta)
    {
        for (var row = 0; row < eta.Length; row++)
            eta[row] += nodes[nodeOfRow[row]].Value;
    }
}
