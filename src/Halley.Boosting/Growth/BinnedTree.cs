namespace Halley.Boosting;

/// <summary>A grown tree made ready for walking the rows of one table.</summary>
sealed class BinnedTree
{
    readonly record struct Step(StoredColumn? Column, byte[] Sides, int Left, double Value);

    readonly BinnedTable table;
    readonly Step[] steps;

    internal BinnedTree(GrownTree tree, BinnedTable table)
    {
        this.table = table;
        steps = [.. tree.Nodes.Select(node => StepOf(node))];
    }

    /// <summary>The value of the leaf that a row falls into.</summary>
    internal double ValueAt(int row) => steps[NodeAt(row)].Value;

    /// <summary>The tree's node that is the leaf which a row falls into.</summary>
    internal int NodeAt(int row)
    {
        var node = 0;
        while (steps[node].Column is { } column)
        {
            ref readonly var step = ref steps[node];
            node = step.Left + 1 - step.Sides[table.CodeAt(column, row)];
        }
        return node;
    }

    Step StepOf(GrownNode node) =>
        node.Split is { } split
            ? new(table.ColumnOf(split.Feature), table.SidesOf(split), node.Left, 0)
            : new(null, [], 0, node.Value);
}
