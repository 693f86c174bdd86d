using Halley.Data;

namespace Halley.Boosting;

static class TreeEnsembleWriter
{
    internal static void Write(TreeEnsemble trees, LittleEndianWriter writer)
    {
        writer.Write(TreeEnsembleFormat.Magic);
        writer.Write(TreeEnsembleFormat.Version);
        writer.Write(trees.BaseScore);
        writer.Write(trees.Inputs.Count);
        foreach (var input in trees.Inputs)
            Write(input, writer);
        Write(trees.Nodes, writer);
    }

    internal static void Write(ScorerInput input, LittleEndianWriter writer)
    {
        writer.Write((byte)input.Kind);
        writer.Write(input.Name);
        writer.Write(input.Levels?.Count ?? -1);
        foreach (var level in input.Levels?.Levels ?? [])
            writer.Write(level);
    }

    internal static void Write(TreeNodes nodes, LittleEndianWriter writer)
    {
        writer.Write(nodes.Roots.Length);
        foreach (var root in nodes.Roots)
            writer.Write(root);
        writer.Write(nodes.SetStarts.Length - 1);
        for (var set = 0; set + 1 < nodes.SetStarts.Length; set++)
            writer.Write(nodes.SetStarts[set + 1] - nodes.SetStarts[set]);
        foreach (var word in nodes.SetBits)
            writer.Write(word);
        writer.Write(nodes.All.Length);
        for (var node = 0; node < nodes.All.Length; node++)
            Write(nodes.All[node], nodes.Statistics[node], writer);
    }

    static void Write(TreeNode node, NodeStatistics statistics, LittleEndianWriter writer)
    {
        writer.Write(node.Value);
        writer.Write(node.Input);
        writer.Write(node.Left);
        writer.Write(node.LevelSet);
        writer.Write((byte)(node.MissingLeft ? 1 : 0));
        writer.Write(statistics.Gain);
        writer.Write(statistics.Cover);
        writer.Write(statistics.Rows);
    }
}
