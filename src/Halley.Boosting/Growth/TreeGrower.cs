namespace Halley.Boosting;

/// <summary>Grows one tree leaf by leaf. Its buffers serve all trees of a fit; one thread calls it, and it shares out work itself.</summary>
/// <remarks>Leaf-wise growth: Shi (2007), thesis, University of Waikato; by histograms: Ke et al. (2017), NIPS 30, 3146–3154.</remarks>
sealed partial class TreeGrower
{
    /// <summary>Grows a tree on the gradients as they stand, over the sampled rows.</summary>
    /// <param name="sample">Rows to grow on, rising; empty for all.</param>
    /// <param name="features">Features that may be split, rising.</param>
    internal GrownTree Grow(ReadOnlyMemory<int> sample, int[] features)
    {
        // 1. All rows of the sample make the root, and its best split is found.
        var tree = PlantRoot(sample, features);
        while (leaves.Count < options.MaximumLeaves && BestLeaf() is var best and >= 0)
        {
            cancellation.ThrowIfCancellationRequested();
            // 2. The leaf whose split gains most is cut: its rows are sorted by side, and the smaller child's histogram is added up;
            //    what is left of the parent's is the larger child's.
            var parent = leaves[best];
            var (left, right) = Cut(tree, parent);
            leaves[best] = left;
            leaves.Add(right);
            // 3. Both children look for their own best split.
            FindSplit(left, features);
            FindSplit(right, features);
        }
        // 4. A leaf's value is its Newton step, shortened by the learning rate.
        foreach (var leaf in leaves)
            tree.Nodes[leaf.Node].Value = options.LearningRate * rules.Value(leaf.Sums, leaf.Bounds, rules.L2);
        return tree;
    }

    /// <summary>Adds the latest tree's values to the scores of the rows it was grown on.</summary>
    /// <param name="eta">Shape (table rows).</param>
    internal void AddValues(GrownTree tree, double[] eta) => partition.AddValues(leaves, tree, eta);
}
