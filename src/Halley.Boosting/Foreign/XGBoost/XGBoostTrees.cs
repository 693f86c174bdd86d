namespace Halley.Boosting;

/// <summary>The trees of an XGBoost model.</summary>
/// <param name="trees">As in the file.</param>
/// <param name="outputs">Shape (trees): the output of each; −1 where its leaves hold a value for every output.</param>
/// <param name="weights">Shape (trees): DART's weights, else 1.</param>
/// <param name="starts">Shape (iterations + 1): the first tree of each round.</param>
sealed class XGBoostTrees(IReadOnlyList<DocumentNode> trees, int[] outputs, float[] weights, int[] starts, int outputCount)
{
    internal int Iterations => starts.Length - 1;

    internal static XGBoostTrees Of(DocumentNode booster, int outputCount)
    {
        // DART nests the trees in older files, and puts its weights beside them in newer ones.
        var model = (booster.Find("gbtree") ?? booster)["model"];
        var trees = model["trees"].List();
        var info = model["tree_info"].Whole();
        if (info.Length != trees.Count)
            ForeignErrors.Malformed(model.Path, $"tree_info names {info.Length} trees, and there are {trees.Count}.");
        var weights = booster.Find("weight_drop") is { } drop
            ? [.. drop.Numbers().Select(weight => (float)weight)]
            : Enumerable.Repeat(1f, trees.Count).ToArray();
        if (weights.Length != trees.Count)
            ForeignErrors.Malformed(booster.Path, $"{weights.Length} weights stand for {trees.Count} trees.");
        var outputs = new int[trees.Count];
        for (var tree = 0; tree < outputs.Length; tree++)
        {
            outputs[tree] = LeafSize(trees[tree]) > 1 ? -1 : info[tree];
            if (info[tree] < 0 || info[tree] >= outputCount)
                ForeignErrors.Malformed($"tree {tree}", $"it belongs to output {info[tree]} of {outputCount}.");
        }
        return new(trees, outputs, weights, StartsOf(model, trees.Count, outputCount), outputCount);
    }

    static int LeafSize(DocumentNode tree) => tree["tree_param"].Find("size_leaf_vector")?.IntegerText() ?? 1;

    static int[] StartsOf(DocumentNode model, int trees, int outputCount)
    {
        if (model.Find("iteration_indptr") is { } known)
        {
            var starts = known.Whole();
            var sound = starts.Length > 0 && starts[0] == 0 && starts[^1] == trees;
            for (var i = 1; i < starts.Length && sound; i++)
                sound = starts[i] >= starts[i - 1];
            if (!sound)
                ForeignErrors.Malformed(known.Path, $"it does not rise from 0 to {trees}.");
            return starts;
        }
        var parallel = model["gbtree_model_param"].Find("num_parallel_tree")?.IntegerText() ?? 1;
        var size = Math.Max(1, (long)parallel) * outputCount;
        if (trees % size != 0)
            ForeignErrors.Malformed(model.Path, $"{trees} trees are not whole rounds of {size}.");
        return [.. Enumerable.Range(0, (int)(trees / size) + 1).Select(round => (int)(round * size))];
    }

    /// <summary>Older files do not say which features are categories: the splits do.</summary>
    internal ForeignFeature[] MarkCategories(ForeignFeature[] features)
    {
        var marked = features.ToArray();
        foreach (var tree in trees)
        {
            if (tree.Find("categories_nodes") is not { } nodes)
                continue;
            var (cuts, columns) = (nodes.Whole(), tree["split_indices"].Whole());
            foreach (var node in cuts)
            {
                if (
                    (uint)node < (uint)columns.Length
                    && (uint)columns[node] < (uint)marked.Length
                    && !marked[columns[node]].IsCategory
                )
                    marked[columns[node]] = marked[columns[node]] with { IsCategory = true };
            }
        }
        return marked;
    }

    internal TreeEnsemble Build(ForeignFeature[] features, float[] bases, ForeignOptions options, ForeignLink? link, int? best)
    {
        var assembler = new EnsembleAssembler("the model");
        ForeignInputs.Add(assembler, features, options);
        var last = starts[options.Iterations ?? best ?? Iterations];
        for (var tree = 0; tree < last; tree++)
        {
            var reader = new XGBoostTreeReader(trees[tree], $"tree {tree}", assembler, features, weights[tree]);
            for (var output = 0; output < outputCount; output++)
            {
                if (outputs[tree] < 0 || outputs[tree] == output)
                    assembler.Add(reader.Read(outputs[tree] < 0 ? output : null, outputCount), 0, output, $"tree {tree}");
            }
        }
        return assembler.Build(
            ForeignInputs.RuleOf(Array.ConvertAll(bases, value => (double)value), options, link) with
            {
                SingleSums = true,
            }
        );
    }
}
