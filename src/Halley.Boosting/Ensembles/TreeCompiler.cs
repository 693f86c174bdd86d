namespace Halley.Boosting;

/// <summary>Turns trees over bins into one ensemble over values.</summary>
sealed class TreeCompiler(TrainingColumns columns)
{
    readonly FeatureBins[] features = columns.Bins;

    readonly List<int> roots = [];
    readonly List<TreeNode> nodes = [];
    readonly List<LeafModel?> models = [];
    readonly List<NodeStatistics> statistics = [];
    readonly List<int> setStarts = [0];
    readonly List<ulong> setBits = [];

    internal TreeEnsemble Compile(double baseScore, IEnumerable<GrownTree> trees) => Compile(ScoreRule.SumFrom(baseScore), trees);

    internal TreeEnsemble Compile(ScoreRule rule, IEnumerable<GrownTree> trees)
    {
        foreach (var tree in trees)
            Add(tree);
        TreeNodes all = new([.. roots], [.. nodes], [.. statistics], [.. setStarts], [.. setBits]) { Linear = Linear() };
        return new(columns.Inputs, columns.Derived, rule, all);
    }

    void Add(GrownTree tree)
    {
        var root = nodes.Count;
        roots.Add(root);
        foreach (var node in tree.Nodes)
        {
            nodes.Add(node.Split is { } split ? Cut(split, root + node.Left) : TreeNode.Leaf(node.Value));
            models.Add(node.Model);
            statistics.Add(new(node.Split?.Gain ?? 0, node.Sums.Hessian, node.Sums.Rows));
        }
    }

    LinearLeaves? Linear()
    {
        if (!models.Exists(model => model is not null))
            return null;
        var starts = new int[models.Count + 1];
        for (var node = 0; node < models.Count; node++)
            starts[node + 1] = starts[node] + (models[node]?.Features.Length ?? 0);
        return new(
            starts,
            [.. models.SelectMany(model => model?.Features ?? []).Select(feature => columns.Places[feature])],
            [.. models.SelectMany(model => model?.Slopes ?? [])],
            [.. models.Select(model => model?.Constant ?? 0)],
            MissingTerm.PlainValue
        )
        {
            Means = [.. models.SelectMany(model => model?.Means ?? [])],
        };
    }

    TreeNode Cut(Split split, int left) =>
        features[split.Feature] switch
        {
            NumberBins numbers => new(
                numbers.UpperBound(split.LastLeftBin),
                columns.Places[split.Feature],
                left,
                -1,
                split.MissingGoesLeft
            ),
            CategoryBins categories => new(
                0,
                columns.Places[split.Feature],
                left,
                AddSet(categories.LeftLevels(split.GoesLeft)),
                split.MissingGoesLeft
            ),
            var other => throw new InvalidOperationException($"no cut is known for {other.GetType().Name}."),
        };

    int AddSet(ulong[] bits)
    {
        setBits.AddRange(bits);
        setStarts.Add(setBits.Count);
        return setStarts.Count - 2;
    }
}
