namespace Halley.Boosting;

/// <summary>The trees of an ensemble in flat arrays. Immutable.</summary>
/// <param name="Roots">Shape (trees), rising: a tree's nodes run from its root to the next one's.</param>
/// <param name="All">Shape (nodes).</param>
/// <param name="Statistics">Shape (nodes).</param>
/// <param name="SetStarts">Shape (sets + 1): where each set of levels begins in <paramref name="SetBits"/>.</param>
/// <param name="SetBits">A bit a level code, set where it goes left.</param>
sealed record TreeNodes(int[] Roots, TreeNode[] All, NodeStatistics[] Statistics, int[] SetStarts, ulong[] SetBits)
{
    /// <summary>Leaves that hold a linear model; null where none does.</summary>
    internal LinearLeaves? Linear { get; init; }

    /// <summary>Shape (nodes): what the library that fitted the trees calls each leaf; null for leaves counted from left to right.</summary>
    internal int[]? LeafIds { get; init; }

    /// <summary>Whether path-dependent explanation weighs a child by its learn rows, not by its Σ hessian.</summary>
    internal bool PathsByRows { get; init; }

    /// <summary>The value of the leaf that a row falls into.</summary>
    /// <param name="root">Index of the tree's root.</param>
    /// <param name="row">Shape (inputs and derived columns); NaN is missing.</param>
    internal double ValueAt(int root, ReadOnlySpan<double> row)
    {
        var leaf = LeafAt(root, row);
        return Linear is null ? All[leaf].Value : Linear.ValueOf(leaf, All[leaf].Value, row);
    }

    /// <summary>Index of the leaf that a row falls into.</summary>
    internal int LeafAt(int root, ReadOnlySpan<double> row)
    {
        var index = root;
        while (All[index] is { Input: >= 0 } node)
            index = GoesLeft(node, row[node.Input]) ? node.Left : node.Left + 1;
        return index;
    }

    /// <summary>The side of a cut that a value goes to.</summary>
    internal bool GoesLeft(in TreeNode node, double x) =>
        double.IsNaN(x) ? node.MissingLeft
        : node.LevelSet < 0 ? x <= node.Value
        : Holds(node.LevelSet, x);

    /// <summary>The codes of a set that go left, rising.</summary>
    internal IReadOnlyList<int> MembersOf(int set)
    {
        var members = new List<int>();
        for (var word = SetStarts[set]; word < SetStarts[set + 1]; word++)
        {
            for (var bits = SetBits[word]; bits != 0; bits &= bits - 1)
                members.Add(64 * (word - SetStarts[set]) + System.Numerics.BitOperations.TrailingZeroCount(bits));
        }
        return members;
    }

    /// <summary>Nodes of a tree, as a range of <see cref="All"/>.</summary>
    internal (int Start, int End) RangeOf(int tree) => (Roots[tree], tree + 1 < Roots.Length ? Roots[tree + 1] : All.Length);

    bool Holds(int set, double code)
    {
        var (level, start) = ((int)code, SetStarts[set]);
        var word = start + (level >> 6);
        return level >= 0 && word < SetStarts[set + 1] && (SetBits[word] >> (level & 63) & 1) != 0;
    }
}
