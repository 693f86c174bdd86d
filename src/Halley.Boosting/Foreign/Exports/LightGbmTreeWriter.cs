using System.Globalization;
using System.Text;

namespace Halley.Boosting;

/// <summary>One tree in LightGBM's words. What the numbers mean, <see cref="LightGbmTreeReader"/> says.</summary>
static class LightGbmTreeWriter
{
    const int Category = 1;
    const int MissingLeft = 2;
    const int ZeroIsMissing = 4;
    const int NanIsMissing = 8;

    /// <param name="tree">−1 for one that adds nothing.</param>
    /// <param name="start">Added to each leaf.</param>
    internal static void Write(StringBuilder text, TreeEnsemble trees, int tree, double factor, double start)
    {
        var (nodes, from, end) = (trees.Nodes, 0, 0);
        if (tree >= 0)
            (from, end) = nodes.RangeOf(tree);
        var places = new int[end - from];
        var (cuts, leaves) = (new List<int>(), new List<int>());
        for (var node = from; node < end; node++)
        {
            var kind = nodes.All[node].IsLeaf ? leaves : cuts;
            places[node - from] = nodes.All[node].IsLeaf ? ~kind.Count : kind.Count;
            kind.Add(node);
        }
        var sets = new LightGbmSetWriter();
        var written = cuts.Select(node => CutOf(trees, nodes.All[node], from, places, sets)).ToList();
        text.Append(CultureInfo.InvariantCulture, $"num_leaves={Math.Max(leaves.Count, 1)}\nnum_cat={sets.Count}\n");
        Line(text, "split_feature", written.Select(cut => cut.Feature));
        Line(text, "split_gain", cuts.Select(node => nodes.Statistics[node].Gain));
        Line(text, "threshold", written.Select(cut => cut.Threshold));
        Line(text, "decision_type", written.Select(cut => cut.Decision));
        Line(text, "left_child", written.Select(cut => cut.Left));
        Line(text, "right_child", written.Select(cut => cut.Right));
        Line(text, "leaf_value", tree < 0 ? [start] : leaves.Select(node => nodes.All[node].Value * factor + start));
        Line(text, "leaf_weight", leaves.Select(node => nodes.Statistics[node].Cover));
        Line(text, "leaf_count", leaves.Select(node => CountOf(nodes.Statistics[node])));
        Line(text, "internal_value", cuts.Select(_ => 0));
        Line(text, "internal_weight", cuts.Select(node => nodes.Statistics[node].Cover));
        Line(text, "internal_count", cuts.Select(node => CountOf(nodes.Statistics[node])));
        if (sets.Count > 0)
        {
            Line(text, "cat_boundaries", sets.Boundaries);
            Line(text, "cat_threshold", sets.Words);
        }
        text.Append("is_linear=0\nshrinkage=1\n\n\n");
    }

    static int CountOf(NodeStatistics statistics) => (int)Math.Min(int.MaxValue, Math.Round(statistics.Rows));

    static (int Feature, double Threshold, int Decision, int Left, int Right) CutOf(
        TreeEnsemble trees,
        TreeNode node,
        int from,
        int[] places,
        LightGbmSetWriter sets
    )
    {
        var (left, right) = (places[node.Left - from], places[node.Left + 1 - from]);
        var derived = node.Input < trees.Inputs.Count ? null : trees.Derived[node.Input - trees.Inputs.Count];
        if (node.LevelSet < 0)
        {
            var missing = derived switch
            {
                null => NanIsMissing,
                ZeroMissingColumn => ZeroIsMissing,
                _ => throw ExportErrors.Refused("it uses " + ExportedTrees.WordsFor(derived), "LightGBM"),
            };
            var feature = derived is ZeroMissingColumn zero ? zero.Source : node.Input;
            var threshold = Math.Clamp(node.Value, double.MinValue, double.MaxValue);
            return (feature, threshold, missing + (node.MissingLeft ? MissingLeft : 0), left, right);
        }
        if (derived is not (null or CodeColumn { FractionBelowZero: true }))
            throw ExportErrors.Refused("it uses " + ExportedTrees.WordsFor(derived), "LightGBM");
        if (derived is not null && node.MissingLeft)
            throw ExportErrors.Refused("a category without known levels sends missing values left", "LightGBM");
        var input = derived is CodeColumn code ? code.Source : node.Input;
        var members = trees.Nodes.MembersOf(node.LevelSet);
        if (!node.MissingLeft)
            return (input, sets.Add(members), Category + NanIsMissing, left, right);
        var others = Enumerable.Range(0, trees.Inputs[input].Levels!.Count).Except(members).ToList();
        return (input, sets.Add(others), Category + NanIsMissing, right, left);
    }

    static void Line<T>(StringBuilder text, string name, IEnumerable<T> values)
        where T : IFormattable =>
        text.Append(name)
            .Append('=')
            .AppendJoin(' ', values.Select(value => value.ToString(value is double ? "R" : null, CultureInfo.InvariantCulture)))
            .Append('\n');
}
