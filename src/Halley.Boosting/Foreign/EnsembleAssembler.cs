using Halley.Data;

namespace Halley.Boosting;

/// <summary>Puts trees as readers find them into the layout that is scored, and checks that scoring ends and stays inside every array.</summary>
sealed class EnsembleAssembler(string library)
{
    readonly List<int> roots = [];
    readonly List<int> outputs = [];
    readonly List<TreeNode> nodes = [];
    readonly List<NodeStatistics> statistics = [];
    readonly List<int> leafIds = [];
    readonly List<int> setStarts = [0];
    readonly List<ulong> setBits = [];
    readonly List<ForeignLinear?> linear = [];

    internal List<ScorerInput> Inputs { get; } = [];

    internal List<DerivedColumn> Derived { get; } = [];

    internal bool PathsByRows { get; init; }

    internal MissingTerm LinearMissing { get; init; }

    /// <summary>Index of a derived column, made once.</summary>
    /// <remarks>All inputs must be there by then.</remarks>
    internal int ColumnOf(DerivedColumn column)
    {
        var index = Derived.IndexOf(column);
        if (index < 0)
        {
            index = Derived.Count;
            Derived.Add(column);
        }
        return Inputs.Count + index;
    }

    /// <summary>Index of a derived column that is known to be new.</summary>
    internal int Append(DerivedColumn column)
    {
        Derived.Add(column);
        return Inputs.Count + Derived.Count - 1;
    }

    /// <summary>Adds a tree.</summary>
    /// <param name="output">The output that it adds to.</param>
    /// <param name="place">The tree, for messages.</param>
    internal void Add(ReadOnlySpan<ForeignNode> tree, int root, int output, string place)
    {
        if (roots.Count == TreeEnsemble.MaximumTrees)
            throw ForeignErrors.Unsupported(
                place,
                $"there are more than {TreeEnsemble.MaximumTrees} trees.",
                "Fit a smaller model."
            );
        roots.Add(nodes.Count);
        outputs.Add(output);
        if ((uint)root >= (uint)tree.Length)
            ForeignErrors.Malformed(place, $"its root is node {root} of {tree.Length}.");
        // Breadth first: the two children of a node then stand side by side, behind it.
        var seen = new bool[tree.Length];
        var queue = new Queue<(int Index, int Depth)>();
        queue.Enqueue((root, 0));
        seen[root] = true;
        var next = nodes.Count + 1;
        while (queue.TryDequeue(out var at))
        {
            ref readonly var node = ref tree[at.Index];
            CheckNode(node, place, at.Index);
            Append(node, next);
            if (node.IsLeaf)
                continue;
            if (at.Depth == TreeEnsemble.MaximumDepth)
                ForeignErrors.Malformed($"{place}, node {at.Index}", $"the tree is deeper than {TreeEnsemble.MaximumDepth}.");
            foreach (var child in (ReadOnlySpan<int>)[node.Left, node.Right])
            {
                if ((uint)child >= (uint)tree.Length)
                    ForeignErrors.Malformed(
                        $"{place}, node {at.Index}",
                        $"its child is {child}, and the tree has {tree.Length} nodes."
                    );
                if (seen[child])
                    ForeignErrors.Malformed(
                        $"{place}, node {at.Index}",
                        $"its child {child} has another parent: a cycle or a shared branch."
                    );
                seen[child] = true;
                queue.Enqueue((child, at.Depth + 1));
            }
            next += 2;
        }
    }

    void CheckNode(in ForeignNode node, string place, int index)
    {
        if (node.IsLeaf ? !double.IsFinite(node.Value) : node.Set is null && double.IsNaN(node.Value))
            ForeignErrors.Malformed($"{place}, node {index}", $"its {(node.IsLeaf ? "value" : "threshold")} is {node.Value}.");
        if (!node.IsLeaf && (uint)node.Column >= (uint)(Inputs.Count + Derived.Count))
            ForeignErrors.Malformed(
                $"{place}, node {index}",
                $"it cuts feature {node.Column}, and {library} names {Inputs.Count}."
            );
        if (!double.IsFinite(node.Gain) || !double.IsFinite(node.Cover) || !double.IsFinite(node.Rows))
            ForeignErrors.Malformed($"{place}, node {index}", $"its gain, cover or count is not finite.");
    }

    void Append(in ForeignNode node, int left)
    {
        var set = -1;
        if (!node.IsLeaf && node.Set is { } bits)
        {
            set = setStarts.Count - 1;
            setBits.AddRange(FittedToLevels(bits, node.Column));
            setStarts.Add(setBits.Count);
        }
        nodes.Add(
            node.IsLeaf ? TreeNode.Leaf(node.Value) : new(set < 0 ? node.Value : 0, node.Column, left, set, node.MissingLeft)
        );
        statistics.Add(new(node.Gain, node.Cover, node.Rows));
        leafIds.Add(node.IsLeaf ? node.LeafId : -1);
        linear.Add(node.Linear);
    }

    /// <summary>A category with known levels has a bit for each of them, no more and no less.</summary>
    ulong[] FittedToLevels(ulong[] bits, int column)
    {
        if (column >= Inputs.Count || Inputs[column].Levels is not { } levels)
            return bits;
        var fitted = bits;
        Array.Resize(ref fitted, (levels.Count + 63) >> 6);
        return fitted;
    }

    /// <summary>The ensemble of all trees added.</summary>
    internal TreeEnsemble Build(ScoreRule rule)
    {
        foreach (var input in Inputs.GroupBy(input => input.Name).Where(group => group.Count() > 1))
            ForeignErrors.Malformed("feature names", $"two features are named '{input.Key}'.");
        TreeNodes all = new([.. roots], [.. nodes], [.. statistics], [.. setStarts], [.. setBits])
        {
            LeafIds = [.. leafIds],
            Linear = linear.Exists(leaf => leaf is not null) ? LinearOf() : null,
            PathsByRows = PathsByRows,
        };
        return new([.. Inputs], [.. Derived], rule with { TreeOutputs = rule.OutputCount == 1 ? [] : [.. outputs] }, all);
    }

    LinearLeaves LinearOf()
    {
        var starts = new int[nodes.Count + 1];
        var (columns, coefficients, constants) = (new List<int>(), new List<double>(), new double[nodes.Count]);
        for (var node = 0; node < nodes.Count; node++)
        {
            if (linear[node] is { } model)
            {
                columns.AddRange(model.Columns);
                coefficients.AddRange(model.Coefficients);
                constants[node] = model.Constant;
            }
            starts[node + 1] = columns.Count;
        }
        return new(starts, [.. columns], [.. coefficients], constants, LinearMissing);
    }
}
