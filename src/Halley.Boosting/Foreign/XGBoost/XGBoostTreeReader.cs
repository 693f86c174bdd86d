namespace Halley.Boosting;

/// <summary>One tree of an XGBoost model.</summary>
/// <remarks>
/// A number goes left where it is below the cut, both as 32-bit floats. Of a category, the listed codes go right; here a set goes left, so
/// such a node's children change places.
/// </remarks>
sealed class XGBoostTreeReader
{
    const int MostCategories = 1 << 24;

    readonly string place;
    readonly float weight;
    readonly EnsembleAssembler assembler;
    readonly ForeignFeature[] features;
    readonly int[] left,
        right,
        columns,
        missingLeft,
        kinds;
    readonly double[] conditions,
        gains,
        covers;
    readonly Dictionary<int, ulong[]> sets;
    readonly double[]? vectors;

    internal XGBoostTreeReader(
        DocumentNode tree,
        string place,
        EnsembleAssembler assembler,
        ForeignFeature[] features,
        float weight
    )
    {
        (this.place, this.assembler, this.features, this.weight) = (place, assembler, features, weight);
        left = tree["left_children"].Whole();
        right = tree["right_children"].Whole();
        columns = tree["split_indices"].Whole();
        conditions = tree["split_conditions"].Numbers();
        missingLeft = tree["default_left"].Whole();
        kinds = tree.Find("split_type")?.Whole() ?? new int[left.Length];
        gains = tree["loss_changes"].Numbers();
        covers = tree["sum_hessian"].Numbers();
        var count = tree["tree_param"]["num_nodes"].IntegerText();
        int[] lengths =
        [
            right.Length,
            columns.Length,
            conditions.Length,
            missingLeft.Length,
            kinds.Length,
            gains.Length,
            covers.Length,
            count,
        ];
        if (Array.FindIndex(lengths, length => length != left.Length) is >= 0 and var odd)
            ForeignErrors.Malformed(
                place,
                $"its lists do not hold a value for each node: {left.Length} left children beside {lengths[odd]}."
            );
        vectors = (tree["tree_param"].Find("size_leaf_vector")?.IntegerText() ?? 1) > 1 ? tree["leaf_weights"].Numbers() : null;
        sets = SetsOf(tree);
    }

    /// <param name="output">Of leaves with a value for each output: which one.</param>
    internal ForeignNode[] Read(int? output, int outputCount)
    {
        var nodes = new ForeignNode[left.Length];
        for (var index = 0; index < nodes.Length; index++)
        {
            nodes[index] = left[index] == -1 ? LeafOf(index, output, outputCount) : CutOf(index);
            (nodes[index].Cover, nodes[index].Rows) = (covers[index], 0);
        }
        return nodes;
    }

    ForeignNode LeafOf(int index, int? output, int outputCount)
    {
        if (vectors is null || output is null)
            return ForeignNode.Leaf(weight * (float)conditions[index], index);
        // Where a leaf's vector lies stands in the place of its right child.
        var at = (long)right[index] * outputCount + output.Value;
        if (right[index] < 0 || at >= vectors.Length)
            ForeignErrors.Malformed(
                $"{place}, node {index}",
                $"its vector is number {right[index]}, and {vectors.Length} values are there."
            );
        return ForeignNode.Leaf(weight * (float)vectors[at], index);
    }

    ForeignNode CutOf(int index)
    {
        var column = columns[index];
        if ((uint)column >= (uint)features.Length)
            ForeignErrors.Malformed($"{place}, node {index}", $"it cuts feature {column}, and there are {features.Length}.");
        var node = new ForeignNode
        {
            Left = left[index],
            Right = right[index],
            Column = column,
            MissingLeft = missingLeft[index] != 0,
            Gain = gains[index],
        };
        if (kinds[index] == 0)
        {
            if (!float.IsFinite((float)conditions[index]))
                ForeignErrors.Malformed($"{place}, node {index}", $"its threshold {conditions[index]} is not a 32-bit float.");
            node.Value = SingleCuts.Below((float)conditions[index]);
            return node;
        }
        (node.Left, node.Right, node.MissingLeft) = (node.Right, node.Left, !node.MissingLeft);
        node.Set =
            sets.GetValueOrDefault(index)
            ?? throw ForeignErrors.MalformedAt($"{place}, node {index}", $"it is cut by category, and no categories are listed.");
        node.Column = ForeignInputs.CategoryColumn(assembler, column, fractionBelowZero: false);
        return node;
    }

    Dictionary<int, ulong[]> SetsOf(DocumentNode tree)
    {
        var found = new Dictionary<int, ulong[]>();
        if (tree.Find("categories_nodes") is not { } nodesNode)
            return found;
        var (nodes, codes) = (nodesNode.Whole(), tree["categories"].Whole());
        var (segments, sizes) = (tree["categories_segments"].Whole(), tree["categories_sizes"].Whole());
        if (segments.Length != nodes.Length || sizes.Length != nodes.Length)
            ForeignErrors.Malformed(
                place,
                $"{nodes.Length} nodes are cut by category, and {segments.Length} segments and {sizes.Length} sizes are listed."
            );
        for (var i = 0; i < nodes.Length; i++)
        {
            if (segments[i] < 0 || sizes[i] < 0 || (long)segments[i] + sizes[i] > codes.Length)
                ForeignErrors.Malformed(
                    $"{place}, node {nodes[i]}",
                    $"its categories are entries {segments[i]} to {(long)segments[i] + sizes[i]}, and {codes.Length} are listed."
                );
            if (!found.TryAdd(nodes[i], SetOf(codes.AsSpan(segments[i], sizes[i]), nodes[i])))
                ForeignErrors.Malformed($"{place}, node {nodes[i]}", $"it has two sets of categories.");
        }
        return found;
    }

    ulong[] SetOf(ReadOnlySpan<int> codes, int node)
    {
        var largest = 0;
        foreach (var code in codes)
        {
            if (code is < 0 or >= MostCategories)
                ForeignErrors.Malformed($"{place}, node {node}", $"category {code} is not from 0 to {MostCategories - 1}.");
            largest = Math.Max(largest, code);
        }
        var bits = new ulong[(largest >> 6) + 1];
        foreach (var code in codes)
            bits[code >> 6] |= 1UL << (code & 63);
        return bits;
    }
}
