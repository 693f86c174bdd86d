using Halley.Data;

namespace Halley.Boosting;

public sealed partial class TreeEnsemble
{
    /// <summary>The leaf of every tree that each row falls into, named as the library that fitted the trees names it, else counted from left to right.</summary>
    /// <returns>Shape (n, trees).</returns>
    public int[] Leaves(SlotBlock block, ReadOnlySpan<int> inputSlots)
    {
        ArgumentNullException.ThrowIfNull(block);
        ArgumentOutOfRangeException.ThrowIfNotEqual(inputSlots.Length, inputs.Length, nameof(inputSlots));
        var ids = Nodes.LeafIds ?? LeafCounts();
        var leaves = new int[block.RowCount * TreeCount];
        var values = new double[Width];
        for (var row = 0; row < block.RowCount; row++)
        {
            FillTile(block, inputSlots, row, 1, values, Width);
            for (var tree = 0; tree < TreeCount; tree++)
                leaves[row * TreeCount + tree] = ids[Nodes.LeafAt(Nodes.Roots[tree], values)];
        }
        return leaves;
    }

    /// <summary>Inputs and derived columns of one row, shape (<see cref="Width"/>).</summary>
    internal double[] RowOf(SlotBlock block, ReadOnlySpan<int> inputSlots, int row)
    {
        var values = new double[Width];
        FillTile(block, inputSlots, row, 1, values, Width);
        return values;
    }

    /// <summary>Inputs and derived columns of a row.</summary>
    internal int RowWidth => Width;

    /// <summary>Inputs and derived columns of all rows, shape (n, <see cref="RowWidth"/>).</summary>
    /// <param name="block">A slot for each input.</param>
    internal double[] RowsOf(SlotBlock block)
    {
        var values = new double[block.RowCount * Width];
        FillTile(block, [.. Enumerable.Range(0, inputs.Length)], 0, block.RowCount, values, Width);
        return values;
    }

    /// <summary>The same trees with other values of leaves and another start.</summary>
    /// <param name="nodes">Shape (nodes).</param>
    internal TreeEnsemble WithValues(double start, TreeNode[] nodes) =>
        new(inputs, Derived, Rule with { Bases = [start] }, Nodes with { All = nodes });

    /// <summary>Leaves of each tree counted from left to right.</summary>
    int[] LeafCounts()
    {
        var ids = new int[NodeCount];
        var open = new Stack<int>();
        foreach (var root in Nodes.Roots)
        {
            var count = 0;
            open.Push(root);
            while (open.TryPop(out var index))
            {
                if (Nodes.All[index].IsLeaf)
                {
                    ids[index] = count++;
                    continue;
                }
                open.Push(Nodes.All[index].Left + 1);
                open.Push(Nodes.All[index].Left);
            }
        }
        return ids;
    }
}
