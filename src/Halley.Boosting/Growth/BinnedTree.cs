namespace Halley.Boosting;

/// <summary>A grown tree made ready for walking the rows of one table.</summary>
sealed class BinnedTree
{
    readonly record struct Step(StoredColumn? Column, byte[] Sides, int Left, double Value, LeafModel? Model);

    readonly BinnedTable table;
    readonly Step[] steps;

    readonly double[]?[]? numbers;

    /// <param name="numbers">Shape (features)(n); needed where leaves are linear.</param>
    internal BinnedTree(GrownTree tree, BinnedTable table, double[]?[]? numbers = null)
    {
        (this.table, this.numbers) = (table, numbers);
        steps = [.. tree.Nodes.Select(node => StepOf(node))];
    }

    /// <summary>The value of the leaf that a row falls into.</summary>
    internal double ValueAt(int row)
    {
        ref readonly var leaf = ref steps[NodeAt(row)];
        return leaf.Model is null ? leaf.Value : leaf.Model.ValueAt(row, numbers!, leaf.Value);
    }

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
            ? new(table.ColumnOf(split.Feature), table.SidesOf(split), node.Left, 0, null)
            : new(null, [], 0, node.Value, node.Model);
}
