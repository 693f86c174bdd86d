namespace Halley.Boosting;

/// <summary>A tree over bins, as it was grown; <see cref="TreeCompiler"/> turns it into one over values.</summary>
sealed class GrownTree
{
    readonly List<GrownNode> nodes = [];

    internal GrownTree() { }

    /// <param name="nodes">Of a whole tree.</param>
    internal GrownTree(IEnumerable<GrownNode> nodes) => this.nodes.AddRange(nodes);

    /// <summary>Root first; the two children of a node stand side by side, behind it.</summary>
    internal IReadOnlyList<GrownNode> Nodes => nodes;

    /// <summary>The order of rows in which it was grown, where those differ.</summary>
    internal int Order { get; set; }

    internal int Add(GradientSums sums)
    {
        nodes.Add(new() { Sums = sums });
        return nodes.Count - 1;
    }

    /// <summary>Gives a node its two children.</summary>
    /// <returns>The left one's index; the right one follows it.</returns>
    internal int Cut(int node, Split split)
    {
        (nodes[node].Split, nodes[node].Left) = (split, nodes.Count);
        Add(split.Left);
        Add(split.Right);
        return nodes[node].Left;
    }

    /// <summary>The value of the leaf that a row falls into.</summary>
    internal double ValueAt(int row, BinnedTable table)
    {
        var node = nodes[0];
        while (node.Split is { } split)
            node = nodes[split.GoesLeft[table.BinAt(split.Feature, row)] ? node.Left : node.Left + 1];
        return node.Value;
    }

    /// <summary>Multiplies what the leaves add to the score.</summary>
    internal void Scale(double factor)
    {
        foreach (var node in nodes)
        {
            node.Value *= factor;
            node.Model = node.Model?.Times(factor);
        }
    }
}
