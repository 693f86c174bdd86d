using System.Numerics;

namespace Halley.Boosting;

/// <summary>Grows one tree. Its buffers serve all trees of a fit; one thread calls it, and it shares out work itself.</summary>
/// <remarks>Leaf-wise growth: Shi (2007), thesis, University of Waikato; by histograms: Ke et al. (2017), NIPS 30, 3146–3154.</remarks>
sealed partial class TreeGrower
{
    /// <summary>Grows a tree on the gradients as they stand, over the sampled rows.</summary>
    /// <param name="sample">Rows to grow on, rising; empty for all.</param>
    /// <param name="features">Features that may be split, rising.</param>
    /// <param name="round">Names the draws of features by leaf.</param>
    internal GrownTree Grow(ReadOnlyMemory<int> sample, int[] features, int round = 0)
    {
        this.round = (ulong)round;
        // 1. All rows of the sample make the root.
        var tree = PlantRoot(sample, features);
        if (options.Growth == GrowthPolicy.Symmetric)
            GrowLevels(tree, features);
        else
            GrowLeaves(tree, features);
        // 4. A leaf's value is its Newton step, or what its rows say beyond it, shortened by the learning rate.
        if (keepsOrder)
            SettleOrder();
        foreach (var leaf in leaves)
            tree.Nodes[leaf.Node].Value = options.LearningRate * leaf.Value;
        if (Values is not null)
            Refine(tree, Values);
        if (Models is not null && tree.Nodes.Count > 1)
            FitModels(tree, Models);
        return tree;
    }

    void GrowLeaves(GrownTree tree, int[] features)
    {
        FindSplit(leaves[0], features);
        while (leaves.Count < options.MaximumLeaves && BestLeaf() is var best and >= 0)
        {
            cancellation.ThrowIfCancellationRequested();
            // 2. The leaf whose turn it is is cut: its rows are sorted by side, and the smaller child's histogram is added up;
            //    what is left of the parent's is the larger child's.
            var parent = leaves[best];
            var split = parent.Best!;
            var wanted =
                leaves.Count + 1 < options.MaximumLeaves
                && (CanSplit(split.Left, parent.Depth + 1) || CanSplit(split.Right, parent.Depth + 1));
            var bound = parent.Order?.Neighbours.ToHashSet();
            var (left, right) = Cut(tree, parent, wanted);
            leaves[best] = left;
            leaves.Add(right);
            // 3. Both children look for their own best split, and so do leaves whose values the parent's held.
            FindSplit(left, features);
            FindSplit(right, features);
            foreach (var leaf in leaves)
            {
                if (bound is { Count: > 0 } && leaf.Histogram is not null && bound.Contains(leaf.Order!))
                    FindSplit(leaf, features);
            }
        }
    }

    /// <summary>Cuts all leaves alike, level by level.</summary>
    void GrowLevels(GrownTree tree, int[] features)
    {
        var levels = Math.Min(options.MaximumDepth, BitOperations.Log2((uint)options.MaximumLeaves));
        for (var level = 0; level < levels; level++)
        {
            cancellation.ThrowIfCancellationRequested();
            // 2. The cut that gains most over all leaves together is found.
            var among = choice.For(features, leaves[0].Groups, round, level, level);
            if (symmetric.Find(leaves, builder.Gradients.Unit, among) is not { } shared)
                return;
            // 3. Every leaf is cut by it; a side too small for a value of its own takes over its parent's.
            foreach (var parent in leaves.ToArray())
            {
                parent.Best = symmetric.For(parent, shared, builder.Gradients.Unit);
                var (left, right) = Cut(tree, parent, wanted: level + 1 < levels);
                leaves[leaves.IndexOf(parent)] = left;
                leaves.Add(right);
            }
        }
    }

    /// <summary>Adds the latest tree's values to the scores of the rows it was grown on.</summary>
    /// <param name="eta">Shape (table rows).</param>
    internal void AddValues(GrownTree tree, double[] eta) => partition.AddValues(leaves, tree, eta);
}
