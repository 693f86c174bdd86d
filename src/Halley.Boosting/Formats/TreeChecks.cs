using Halley.Data;

namespace Halley.Boosting;

/// <summary>Makes sure that scoring by these nodes ends and stays inside every array.</summary>
static class TreeChecks
{
    /// <exception cref="HalleyException">HLY2210.</exception>
    /// <param name="derived">Number of columns derived from the inputs, which nodes may look at too.</param>
    internal static void Run(ScorerInput[] inputs, TreeNodes nodes, int derived = 0)
    {
        var roots = nodes.Roots;
        if (roots.Length > TreeEnsemble.MaximumTrees)
            EnsembleErrors.Throw("tree ensemble: ", $"{roots.Length} trees are more than {TreeEnsemble.MaximumTrees}.");
        if (roots.Length == 0 && nodes.All.Length > 0)
            EnsembleErrors.Throw("tree ensemble: ", $"{nodes.All.Length} nodes belong to no tree.");
        for (var tree = 0; tree < roots.Length; tree++)
        {
            var end = tree + 1 < roots.Length ? roots[tree + 1] : nodes.All.Length;
            if ((tree == 0 && roots[0] != 0) || roots[tree] < 0 || roots[tree] >= end || end > nodes.All.Length)
                EnsembleErrors.Throw(
                    "tree ensemble: ",
                    $"tree {tree} runs from node {roots[tree]} to {end} of {nodes.All.Length}."
                );
            CheckTree(inputs, derived, nodes, roots[tree], end);
        }
    }

    /// <summary>Children stand behind their parent, inside the tree, and each has one parent: so there is no cycle and no sharing.</summary>
    static void CheckTree(ScorerInput[] inputs, int derived, TreeNodes nodes, int root, int end)
    {
        var depths = new int[end - root];
        Array.Fill(depths, -1);
        depths[0] = 0;
        for (var index = root; index < end; index++)
        {
            var (node, depth) = (nodes.All[index], depths[index - root]);
            if (depth < 0)
                EnsembleErrors.ThrowNode(index, $"no node before it in its tree leads to it.");
            CheckStatistics(index, nodes.Statistics[index]);
            if (node.IsLeaf)
            {
                CheckLeaf(index, node);
                continue;
            }
            CheckCut(inputs, derived, nodes, index);
            if (depth == TreeEnsemble.MaximumDepth)
                EnsembleErrors.ThrowNode(index, $"it is a cut at depth {depth}, the deepest allowed for a leaf.");
            if (node.Left <= index || node.Left >= end - 1)
                EnsembleErrors.ThrowNode(index, $"its left child is {node.Left}, not between {index + 1} and {end - 2}.");
            if (depths[node.Left - root] >= 0 || depths[node.Left + 1 - root] >= 0)
                EnsembleErrors.ThrowNode(index, $"its child {node.Left} or {node.Left + 1} has another parent.");
            depths[node.Left - root] = depths[node.Left + 1 - root] = depth + 1;
        }
    }

    static void CheckStatistics(int index, NodeStatistics statistics)
    {
        if (!double.IsFinite(statistics.Gain) || !double.IsFinite(statistics.Cover) || !double.IsFinite(statistics.Rows))
            EnsembleErrors.ThrowNode(
                index,
                $"gain {statistics.Gain}, cover {statistics.Cover} or rows {statistics.Rows} is not finite."
            );
    }

    static void CheckLeaf(int index, TreeNode node)
    {
        if (node is not { Input: -1, Left: 0, LevelSet: -1, MissingLeft: false } || !double.IsFinite(node.Value))
            EnsembleErrors.ThrowNode(
                index,
                $"a leaf has value {node.Value}, input {node.Input}, child {node.Left}, set {node.LevelSet}, missing left {node.MissingLeft}."
            );
    }

    static void CheckCut(ScorerInput[] inputs, int derived, TreeNodes nodes, int index)
    {
        var node = nodes.All[index];
        if (node.Input >= inputs.Length + derived)
            EnsembleErrors.ThrowNode(index, $"it cuts input {node.Input} of {inputs.Length + derived}.");
        if (double.IsNaN(node.Value))
            EnsembleErrors.ThrowNode(index, $"it cuts at NaN.");
        var sets = nodes.SetStarts.Length - 1;
        if (node.Input >= inputs.Length)
        {
            // A derived column holds numbers or codes: which, the cut itself says.
            if (node.LevelSet < -1 || node.LevelSet >= sets)
                EnsembleErrors.ThrowNode(index, $"its set is {node.LevelSet} of {sets}.");
            return;
        }
        var levels = inputs[node.Input].Levels;
        if (levels is null ? node.LevelSet != -1 : node.LevelSet < 0 || node.LevelSet >= sets)
            EnsembleErrors.ThrowNode(
                index,
                $"its set is {node.LevelSet} of {sets}, and its input '{inputs[node.Input].Name}' is of kind {inputs[node.Input].Kind}."
            );
        if (levels is null)
            return;
        var words = nodes.SetStarts[node.LevelSet + 1] - nodes.SetStarts[node.LevelSet];
        if (words != (levels.Count + 63) >> 6)
            EnsembleErrors.ThrowNode(index, $"its set has {words} words for {levels.Count} levels.");
    }
}
