namespace Halley.Boosting;

/// <summary>Trees of <c>TreeEnsemble</c> (ai.onnx.ml 5): inner nodes and leaves in lists of their own, a root for each tree.</summary>
static class OnnxTree5Reader
{
    internal static List<OnnxTree> Read(OnnxNode node, OnnxMatrix input, int outputs)
    {
        var roots = node.Integers("tree_roots");
        if (roots.Count > TreeEnsemble.MaximumTrees)
            throw node.Unsupported($"there are more than {TreeEnsemble.MaximumTrees} trees.", "Fit a smaller model.");
        var table = new Lists(node, input, outputs);
        var trees = new List<OnnxTree>();
        foreach (var root in roots)
            trees.Add(table.TreeOf(root, trees.Count));
        return trees;
    }

    /// <summary>The file's lists, checked to be of one length.</summary>
    sealed class Lists
    {
        readonly OnnxNode node;
        readonly OnnxMatrix input;
        readonly int outputs;
        readonly IReadOnlyList<long> features;
        readonly double[] modes;
        readonly double[] splits;
        readonly IReadOnlyList<long> yes;
        readonly IReadOnlyList<long> no;
        readonly IReadOnlyList<long> yesIsLeaf;
        readonly IReadOnlyList<long> noIsLeaf;
        readonly IReadOnlyList<long> missing;
        readonly IReadOnlyList<long> targets;
        readonly double[] weights;
        readonly double[][] members;
        readonly bool[] used;

        internal Lists(OnnxNode node, OnnxMatrix input, int outputs)
        {
            (this.node, this.input, this.outputs) = (node, input, outputs);
            features = node.Integers("nodes_featureids");
            (modes, splits) = (TensorOf("nodes_modes"), TensorOf("nodes_splits"));
            (yes, no) = (Listed("nodes_truenodeids"), Listed("nodes_falsenodeids"));
            (yesIsLeaf, noIsLeaf) = (Listed("nodes_trueleafs"), Listed("nodes_falseleafs"));
            missing = node.Has("nodes_missing_value_tracks_true") ? Listed("nodes_missing_value_tracks_true") : [];
            OnnxTreeReader.CheckCount(node, "nodes_modes", modes.Length, features.Count);
            OnnxTreeReader.CheckCount(node, "nodes_splits", splits.Length, features.Count);
            targets = node.Integers("leaf_targetids");
            weights = TensorOf("leaf_weights");
            OnnxTreeReader.CheckCount(node, "leaf_weights", weights.Length, targets.Count);
            members = MembersOf();
            used = new bool[features.Count];
        }

        IReadOnlyList<long> Listed(string name)
        {
            var values = node.Integers(name);
            OnnxTreeReader.CheckCount(node, name, values.Count, features.Count);
            return values;
        }

        double[] TensorOf(string name) => node.Tensor(name)?.Numbers ?? throw node.Malformed($"there is no '{name}'.");

        /// <summary>Sets stand one behind the other, in the order of the nodes that use them, each ended by NaN.</summary>
        double[][] MembersOf()
        {
            var (all, at, sets) = (node.Tensor("membership_values")?.Numbers ?? [], 0, new double[modes.Length][]);
            for (var i = 0; i < modes.Length; i++)
            {
                if (modes[i] != (int)OnnxBranch.Member)
                    continue;
                var end = Array.FindIndex(all, at, double.IsNaN);
                if (end < 0)
                    throw node.Malformed($"node {i} has no set of members that ends.");
                sets[i] = all[at..end];
                at = end + 1;
            }
            return sets;
        }

        internal OnnxTree TreeOf(long root, int tree)
        {
            var nodes = new List<OnnxTreeNode>();
            var open = new Queue<(long Index, bool IsLeaf)>();
            open.Enqueue((root, false));
            var next = 1;
            while (open.TryDequeue(out var at))
            {
                if (at.IsLeaf)
                {
                    nodes.Add(Leaf(at.Index));
                    continue;
                }
                if (at.Index < 0 || at.Index >= features.Count)
                    throw node.Malformed($"tree {tree} leads to node {at.Index} of {features.Count}.");
                var i = (int)at.Index;
                if (used[i])
                    throw node.Malformed($"tree {tree}: node {i} has another parent: a cycle or a shared branch.");
                used[i] = true;
                nodes.Add(Branch(i, next));
                open.Enqueue((yes[i], yesIsLeaf[i] != 0));
                open.Enqueue((no[i], noIsLeaf[i] != 0));
                next += 2;
            }
            return new([.. nodes], 0, $"tree {tree}");
        }

        OnnxTreeNode Branch(int i, int firstChild)
        {
            if (modes[i] is not (>= 0 and <= (int)OnnxBranch.Member) || modes[i] != Math.Floor(modes[i]))
                throw node.Unsupported($"node {i} has mode {modes[i]}.", "Export the model again with a released converter.");
            return new()
            {
                Mode = (OnnxBranch)modes[i],
                Column = OnnxTreeReader.ColumnOf(node, input, features[i]),
                ColumnIsSingle = input.IsSingle,
                Value = splits[i],
                Members = members[i] ?? [],
                True = firstChild,
                False = firstChild + 1,
                MissingIsTrue = missing.Count > 0 && missing[i] != 0,
                Id = i,
            };
        }

        OnnxTreeNode Leaf(long index)
        {
            if (index < 0 || index >= targets.Count)
                throw node.Malformed($"a node leads to leaf {index} of {targets.Count}.");
            var target = targets[(int)index];
            if (target < 0 || target >= outputs)
                throw node.Malformed($"leaf {index} adds to output {target} of {outputs}.");
            return new()
            {
                Mode = OnnxBranch.Leaf,
                Id = (int)index,
                Weights = new() { [(int)target] = weights[index] },
            };
        }
    }
}
