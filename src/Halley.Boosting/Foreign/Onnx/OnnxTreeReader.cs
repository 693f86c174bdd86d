namespace Halley.Boosting;

/// <summary>Trees of <c>TreeEnsembleRegressor</c> and <c>TreeEnsembleClassifier</c>: a list for each property, nodes named by tree and number.</summary>
static class OnnxTreeReader
{
    static readonly string[] Modes =
    [
        "BRANCH_LEQ",
        "BRANCH_LT",
        "BRANCH_GTE",
        "BRANCH_GT",
        "BRANCH_EQ",
        "BRANCH_NEQ",
        "",
        "LEAF",
    ];

    /// <param name="prefix"><c>target</c> or <c>class</c>.</param>
    internal static List<OnnxTree> Read(OnnxNode node, OnnxMatrix input, string prefix, int outputs)
    {
        var (trees, numbers) = (node.Integers("nodes_treeids"), node.Integers("nodes_nodeids"));
        var index = IndexOf(node, trees, numbers);
        var nodes = ReadNodes(node, input, trees, numbers, index);
        ReadWeights(node, prefix, outputs, nodes, index);
        var result = new List<OnnxTree>();
        // The nodes of a tree stand together in every file met; where they do not, the index brings them together.
        foreach (var group in Enumerable.Range(0, nodes.Length).GroupBy(at => trees[at]))
        {
            if (result.Count == TreeEnsemble.MaximumTrees)
                throw node.Unsupported($"there are more than {TreeEnsemble.MaximumTrees} trees.", "Fit a smaller model.");
            result.Add(TreeOf(node, nodes, [.. group], result.Count));
        }
        return result;
    }

    static Dictionary<(long Tree, long Node), int> IndexOf(OnnxNode node, IReadOnlyList<long> trees, IReadOnlyList<long> numbers)
    {
        CheckCount(node, "nodes_nodeids", numbers.Count, trees.Count);
        var index = new Dictionary<(long, long), int>(trees.Count);
        for (var at = 0; at < trees.Count; at++)
        {
            if (!index.TryAdd((trees[at], numbers[at]), at))
                throw node.Malformed($"node {numbers[at]} of tree {trees[at]} stands twice.");
            if (numbers[at] is < 0 or > int.MaxValue)
                throw node.Malformed($"a node has the number {numbers[at]}.");
        }
        return index;
    }

    static OnnxTreeNode[] ReadNodes(
        OnnxNode node,
        OnnxMatrix input,
        IReadOnlyList<long> trees,
        IReadOnlyList<long> numbers,
        Dictionary<(long, long), int> index
    )
    {
        var (features, modes) = (node.Integers("nodes_featureids"), node.Texts("nodes_modes"));
        var (yes, no) = (node.Integers("nodes_truenodeids"), node.Integers("nodes_falsenodeids"));
        var (values, missing) = (node.NumbersOrTensor("nodes_values"), node.Integers("nodes_missing_value_tracks_true"));
        CheckCount(node, "nodes_featureids", features.Count, trees.Count);
        CheckCount(node, "nodes_modes", modes.Count, trees.Count);
        CheckCount(node, "nodes_truenodeids", yes.Count, trees.Count);
        CheckCount(node, "nodes_falsenodeids", no.Count, trees.Count);
        CheckCount(node, "nodes_values", values.Count, trees.Count);
        if (missing.Count > 0)
            CheckCount(node, "nodes_missing_value_tracks_true", missing.Count, trees.Count);
        var nodes = new OnnxTreeNode[trees.Count];
        for (var at = 0; at < nodes.Length; at++)
        {
            var mode = Array.IndexOf(Modes, modes[at]);
            if (mode < 0 || modes[at] == "")
                throw node.Unsupported(
                    $"tree {trees[at]}, node {numbers[at]} has mode '{DocumentNode.Shortened(modes[at])}'.",
                    "Export the model again with a released converter."
                );
            var isLeaf = mode == (int)OnnxBranch.Leaf;
            nodes[at] = new()
            {
                Mode = (OnnxBranch)mode,
                Column = isLeaf ? null : ColumnOf(node, input, features[at]),
                ColumnIsSingle = input.IsSingle,
                Value = values[at],
                True = isLeaf ? -1 : Child(yes[at], at),
                False = isLeaf ? -1 : Child(no[at], at),
                MissingIsTrue = missing.Count > 0 && missing[at] != 0,
                Id = (int)numbers[at],
                Weights = isLeaf ? [] : null,
            };
        }
        return nodes;

        int Child(long child, int at) =>
            index.TryGetValue((trees[at], child), out var found)
                ? found
                : throw node.Malformed($"tree {trees[at]}, node {numbers[at]} leads to node {child}, which is not there.");
    }

    internal static OnnxScalar ColumnOf(OnnxNode node, OnnxMatrix input, long feature) =>
        feature >= 0 && feature < input.Columns.Length
            ? input.Columns[feature]
            : throw node.Malformed($"a node cuts feature {feature}, and there are {input.Columns.Length}.");

    static void ReadWeights(OnnxNode node, string prefix, int outputs, OnnxTreeNode[] nodes, Dictionary<(long, long), int> index)
    {
        var (trees, numbers) = (node.Integers(prefix + "_treeids"), node.Integers(prefix + "_nodeids"));
        var (targets, weights) = (node.Integers(prefix + "_ids"), node.NumbersOrTensor(prefix + "_weights"));
        CheckCount(node, prefix + "_nodeids", numbers.Count, trees.Count);
        CheckCount(node, prefix + "_ids", targets.Count, trees.Count);
        CheckCount(node, prefix + "_weights", weights.Count, trees.Count);
        for (var i = 0; i < trees.Count; i++)
        {
            if (!index.TryGetValue((trees[i], numbers[i]), out var at) || nodes[at].Weights is not { } leaf)
                throw node.Malformed($"a weight belongs to tree {trees[i]}, node {numbers[i]}, which is no leaf.");
            if (targets[i] < 0 || targets[i] >= outputs)
                throw node.Malformed($"tree {trees[i]}, node {numbers[i]} adds to output {targets[i]} of {outputs}.");
            leaf[(int)targets[i]] = leaf.GetValueOrDefault((int)targets[i]) + weights[i];
        }
    }

    static OnnxTree TreeOf(OnnxNode node, OnnxTreeNode[] nodes, int[] members, int tree)
    {
        var places = new Dictionary<int, int>(members.Length);
        foreach (var at in members)
            places.Add(at, places.Count);
        var isChild = new bool[members.Length];
        foreach (var at in members.Where(at => nodes[at].Weights is null))
            isChild[places[nodes[at].True]] = isChild[places[nodes[at].False]] = true;
        var root = Array.IndexOf(isChild, false);
        if (root < 0)
            throw node.Malformed($"tree {tree} has no root: its nodes lead in a circle.");
        CheckReached(node, nodes, members[root], members.Length, tree);
        var own = Array.ConvertAll(members, at => Local(nodes[at]));
        return new(own, root, $"tree {tree}");

        OnnxTreeNode Local(OnnxTreeNode at) =>
            at.Weights is not null
                ? at
                : new()
                {
                    Mode = at.Mode,
                    Column = at.Column,
                    ColumnIsSingle = at.ColumnIsSingle,
                    Value = at.Value,
                    True = places[at.True],
                    False = places[at.False],
                    MissingIsTrue = at.MissingIsTrue,
                    Id = at.Id,
                };
    }

    /// <summary>A node that no way leads to means that one leads elsewhere than it did.</summary>
    static void CheckReached(OnnxNode node, OnnxTreeNode[] nodes, int root, int count, int tree)
    {
        var (seen, open) = (new HashSet<int> { root }, new Stack<int>([root]));
        while (open.TryPop(out var at))
        {
            if (nodes[at].Weights is not null)
                continue;
            foreach (var child in (ReadOnlySpan<int>)[nodes[at].True, nodes[at].False])
            {
                if (!seen.Add(child))
                    throw node.Malformed($"tree {tree}, node {nodes[child].Id} has two parents: a cycle or a shared branch.");
                open.Push(child);
            }
        }
        if (seen.Count != count)
            throw node.Malformed($"{count - seen.Count} nodes of tree {tree} can't be reached from its root.");
    }

    internal static void CheckCount(OnnxNode node, string name, int count, int wanted)
    {
        if (count != wanted)
            throw node.Malformed($"{name} holds {count} values, and there are {wanted}.");
    }
}
