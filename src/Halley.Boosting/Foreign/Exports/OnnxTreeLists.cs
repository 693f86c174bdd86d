namespace Halley.Boosting;

/// <summary>Trees in the lists of <c>TreeEnsemble</c>: inner nodes and leaves apart. The true branch is our left one.</summary>
sealed class OnnxTreeLists
{
    readonly ExportedTrees exported;

    internal OnnxTreeLists(ExportedTrees exported)
    {
        this.exported = exported;
        foreach (var (tree, output) in exported.Members)
            Add(tree, output);
    }

    internal List<long> Roots { get; } = [];

    internal List<long> Columns { get; } = [];

    internal List<double> Modes { get; } = [];

    internal List<double> Splits { get; } = [];

    internal List<long> Yes { get; } = [];

    internal List<long> No { get; } = [];

    internal List<long> YesIsLeaf { get; } = [];

    internal List<long> NoIsLeaf { get; } = [];

    internal List<long> MissingIsTrue { get; } = [];

    internal List<double> Members { get; } = [];

    internal List<long> Targets { get; } = [];

    internal List<double> Weights { get; } = [];

    void Add(int tree, int output)
    {
        var nodes = exported.Trees.Nodes;
        var (start, end) = nodes.RangeOf(tree);
        var places = new long[end - start];
        var (inner, leaves) = (Columns.Count, Targets.Count);
        for (var node = start; node < end; node++)
            places[node - start] = nodes.All[node].IsLeaf ? leaves++ : inner++;
        Roots.Add(Columns.Count);
        if (nodes.All[start].IsLeaf)
            AddLonely(leaves - 1);
        for (var node = start; node < end; node++)
        {
            if (nodes.All[node].IsLeaf)
            {
                Targets.Add(output);
                Weights.Add(nodes.All[node].Value * exported.Factor);
            }
            else
            {
                AddCut(nodes.All[node], start, places);
            }
        }
    }

    /// <summary>A tree of one leaf needs a node: both its branches lead there.</summary>
    void AddLonely(long leaf)
    {
        Columns.Add(0);
        Modes.Add((int)OnnxBranch.AtMost);
        Splits.Add(0);
        Yes.Add(leaf);
        No.Add(leaf);
        YesIsLeaf.Add(1);
        NoIsLeaf.Add(1);
        MissingIsTrue.Add(0);
    }

    void AddCut(TreeNode node, int start, long[] places)
    {
        var nodes = exported.Trees.Nodes;
        Columns.Add(node.Input);
        MissingIsTrue.Add(node.MissingLeft ? 1 : 0);
        Yes.Add(places[node.Left - start]);
        No.Add(places[node.Left + 1 - start]);
        YesIsLeaf.Add(nodes.All[node.Left].IsLeaf ? 1 : 0);
        NoIsLeaf.Add(nodes.All[node.Left + 1].IsLeaf ? 1 : 0);
        if (node.LevelSet < 0)
        {
            Modes.Add((int)OnnxBranch.AtMost);
            Splits.Add(node.Value);
            return;
        }
        var members = nodes.MembersOf(node.LevelSet);
        // Codes start at 0: none is at most −1.
        Modes.Add(
            (int)(
                members.Count switch
                {
                    0 => OnnxBranch.AtMost,
                    1 => OnnxBranch.Equal,
                    _ => OnnxBranch.Member,
                }
            )
        );
        Splits.Add(
            members.Count switch
            {
                0 => -1,
                1 => members[0],
                _ => 0,
            }
        );
        if (members.Count > 1)
            Members.AddRange([.. members.Select(member => (double)member), double.NaN]);
    }
}
