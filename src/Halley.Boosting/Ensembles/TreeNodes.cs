namespace Halley.Boosting;

/// <summary>The trees of an ensemble in flat arrays. Immutable.</summary>
/// <param name="Roots">Shape (trees), rising: a tree's nodes run from its root to the next one's.</param>
/// <param name="All">Shape (nodes).</param>
/// <param name="Statistics">Shape (nodes).</param>
/// <param name="SetStarts">Shape (sets + 1): where each set of levels begins in <paramref name="SetBits"/>.</param>
/// <param name="SetBits">A bit a level code, set where it goes left.</param>
sealed record TreeNodes(int[] Roots, TreeNode[] All, NodeStatistics[] Statistics, int[] SetStarts, ulong[] SetBits)
{
    /// <summary>The value of the leaf that a row falls into.</summary>
    /// <param name="root">Index of the tree's root.</param>
    /// <param name="row">Shape (inputs); NaN is missing.</param>
    internal double ValueAt(int root, ReadOnlySpan<double> row)
    {
        ref readonly var node = ref All[root];
        while (node.Input >= 0)
        {
            var x = row[node.Input];
            var left =
                double.IsNaN(x) ? node.MissingLeft
                : node.LevelSet < 0 ? x <= node.Value
                : Holds(node.LevelSet, x);
            node = ref All[left ? node.Left : node.Left + 1];
        }
        return node.Value;
    }

    bool Holds(int set, double code)
    {
        var (level, start) = ((int)code, SetStarts[set]);
        var word = start + (level >> 6);
        return level >= 0 && word < SetStarts[set + 1] && (SetBits[word] >> (level & 63) & 1) != 0;
    }
}
