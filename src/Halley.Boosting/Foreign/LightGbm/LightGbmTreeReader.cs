namespace Halley.Boosting;

/// <summary>One tree of a LightGBM model.</summary>
/// <remarks>
/// <c>decision_type</c>: bit 0 category, bit 1 missing goes left, bits 2 and 3 what is missing: 0 nothing (NaN is read as 0), 1 zero and
/// NaN, 2 NaN. A number goes left where it is at most the threshold, a category where its bit is set. A child below 0 is leaf ~child.
/// </remarks>
static class LightGbmTreeReader
{
    const int MostLeaves = 1 << 22;

    internal static ForeignNode[] Read(LightGbmSection tree, int features, EnsembleAssembler assembler, out int root)
    {
        var leaves = LeafCount(tree);
        var cuts = leaves - 1;
        var nodes = new ForeignNode[cuts + leaves];
        root = 0;
        ReadLeaves(tree, nodes, cuts, leaves, features);
        if (cuts == 0)
            return nodes;
        var (left, right) = (tree.Whole("left_child", cuts), tree.Whole("right_child", cuts));
        var (columns, decisions) = (tree.Whole("split_feature", cuts), tree.Whole("decision_type", cuts));
        var (thresholds, gains) = (tree.Numbers("threshold", cuts), tree.Numbers("split_gain", cuts));
        var rows = tree.Has("internal_count") ? tree.Numbers("internal_count", cuts) : new double[cuts];
        var covers = tree.Has("internal_weight") ? tree.Numbers("internal_weight", cuts) : rows;
        var sets = new LightGbmSets(tree);
        for (var cut = 0; cut < cuts; cut++)
        {
            if ((uint)columns[cut] >= (uint)features)
                ForeignErrors.Malformed(
                    $"{tree.Place}, node {cut}",
                    $"it cuts feature {columns[cut]}, and there are {features}."
                );
            nodes[cut] = new()
            {
                Left = Child(tree, cut, left[cut], cuts, leaves),
                Right = Child(tree, cut, right[cut], cuts, leaves),
                Gain = gains[cut],
                Cover = covers[cut],
                Rows = rows[cut],
            };
            if ((decisions[cut] & 1) != 0)
                SetCategory(ref nodes[cut], sets.Of(thresholds[cut], cut), columns[cut], assembler);
            else
                SetNumber(ref nodes[cut], thresholds[cut], decisions[cut], columns[cut], assembler);
        }
        return nodes;
    }

    /// <summary>Which features some tree cuts by category.</summary>
    internal static bool[] CategoryFeatures(List<LightGbmSection> trees, int features)
    {
        var found = new bool[features];
        foreach (var tree in trees.Where(tree => tree.Integer("num_cat", 0) > 0))
        {
            var cuts = LeafCount(tree) - 1;
            var (columns, decisions) = (tree.Whole("split_feature", cuts), tree.Whole("decision_type", cuts));
            for (var cut = 0; cut < cuts; cut++)
            {
                if ((decisions[cut] & 1) != 0 && (uint)columns[cut] < (uint)features)
                    found[columns[cut]] = true;
            }
        }
        return found;
    }

    static int LeafCount(LightGbmSection tree)
    {
        var leaves = tree.Integer("num_leaves");
        return leaves is >= 1 and <= MostLeaves
            ? leaves
            : throw ForeignErrors.MalformedAt(tree.Place, $"num_leaves is {leaves}, not from 1 to {MostLeaves}.");
    }

    static int Child(LightGbmSection tree, int cut, int child, int cuts, int leaves)
    {
        var index = child >= 0 ? child : cuts + (long)~child;
        if (child >= 0 ? child >= cuts : ~child >= leaves)
            ForeignErrors.Malformed(
                $"{tree.Place}, node {cut}",
                $"its child is {child}, and there are {cuts} nodes and {leaves} leaves."
            );
        return (int)index;
    }

    static void SetNumber(ref ForeignNode node, double threshold, int decision, int column, EnsembleAssembler assembler)
    {
        var missing = decision >> 2 & 3;
        node.Value = threshold;
        node.Column = missing == 1 ? assembler.ColumnOf(new ZeroMissingColumn(column)) : column;
        node.MissingLeft = missing == 0 ? 0 <= threshold : (decision & 2) != 0;
    }

    static void SetCategory(ref ForeignNode node, ulong[] set, int column, EnsembleAssembler assembler)
    {
        node.Set = set;
        node.Column = ForeignInputs.CategoryColumn(assembler, column, fractionBelowZero: true);
        node.MissingLeft = false;
    }

    static void ReadLeaves(LightGbmSection tree, ForeignNode[] nodes, int cuts, int leaves, int features)
    {
        var values = tree.Numbers("leaf_value", leaves);
        var rows = leaves > 1 && tree.Has("leaf_count") ? tree.Numbers("leaf_count", leaves) : new double[leaves];
        var covers = leaves > 1 && tree.Has("leaf_weight") ? tree.Numbers("leaf_weight", leaves) : rows;
        var linear = tree.Integer("is_linear", 0) == 1 ? LightGbmLinear.Read(tree, leaves, features) : null;
        for (var leaf = 0; leaf < leaves; leaf++)
        {
            ref var node = ref nodes[cuts + leaf];
            node = ForeignNode.Leaf(values[leaf], leaf);
            (node.Cover, node.Rows) = (covers[leaf], rows[leaf]);
            if (linear is null)
                continue;
            if (linear[leaf].Columns.Length > 0)
                node.Linear = linear[leaf];
            else
                node.Value = linear[leaf].Constant;
        }
    }
}
