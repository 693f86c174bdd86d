using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>The rows of a tree, leaf by leaf, in rising order within a leaf.</summary>
/// <remarks>
/// <code>
/// before  [ … | a leaf's rows            | … ]
/// after   [ … | left child | right child | … ]
/// </code>
/// Blocks sort their own part into two scratch arrays at once; then the parts are laid one behind the other in block order.
/// </remarks>
sealed class RowPartition(BinnedTable table, int threads)
{
    readonly int[] rows = new int[table.RowCount];
    readonly int[] left = new int[table.RowCount];
    readonly int[] right = new int[table.RowCount];

    /// <summary>Puts all rows of the sample in one leaf.</summary>
    /// <param name="sample">Rising; empty for all rows.</param>
    internal void Reset(ReadOnlySpan<int> sample)
    {
        if (!sample.IsEmpty)
        {
            sample.CopyTo(rows);
            return;
        }
        for (var row = 0; row < rows.Length; row++)
            rows[row] = row;
    }

    internal ReadOnlyMemory<int> Rows(int start, int count) => rows.AsMemory(start, count);

    /// <summary>Sorts a leaf's rows into those that go left and the others.</summary>
    /// <param name="goesLeft">Shape (the feature's BinCount).</param>
    /// <returns>How many go left.</returns>
    internal int Split(int start, int count, int feature, bool[] goesLeft)
    {
        var column = table.Columns[feature];
        var leftCounts = RowBlocks.Map(
            count,
            count <= 4 * RowBlocks.BlockSize ? 1 : threads,
            block => SortBlock(start + block.Start, block.Count, column, goesLeft)
        );
        var (nextLeft, nextRight) = (start, start);
        foreach (var inBlock in leftCounts)
            nextRight += inBlock;
        var leftCount = nextRight - start;
        for (var block = 0; block < leftCounts.Length; block++)
        {
            var (part, inLeft) = (RowBlocks.At(block, count), leftCounts[block]);
            left.AsSpan(start + part.Start, inLeft).CopyTo(rows.AsSpan(nextLeft));
            right.AsSpan(start + part.Start, part.Count - inLeft).CopyTo(rows.AsSpan(nextRight));
            nextLeft += inLeft;
            nextRight += part.Count - inLeft;
        }
        return leftCount;
    }

    /// <summary>Adds each leaf's value to the scores of its rows.</summary>
    /// <param name="eta">Shape (table rows).</param>
    internal void AddValues(List<Leaf> leaves, GrownTree tree, double[] eta)
    {
        var parts = new List<(double Value, ReadOnlyMemory<int> Rows)>();
        foreach (var leaf in leaves)
        {
            for (var block = 0; block < RowBlocks.CountOf(leaf.Count); block++)
            {
                var part = RowBlocks.At(block, leaf.Count);
                parts.Add((tree.Nodes[leaf.Node].Value, Rows(leaf.Start + part.Start, part.Count)));
            }
        }
        WorkItems.For(
            parts.Count,
            table.RowCount <= 4 * RowBlocks.BlockSize ? 1 : threads,
            item =>
            {
                var (value, leafRows) = parts[item];
                foreach (var row in leafRows.Span)
                    eta[row] += value;
            }
        );
    }

    int SortBlock(int start, int count, BinnedColumn column, bool[] goesLeft)
    {
        var source = rows.AsSpan(start, count);
        var (toLeft, toRight) = (left.AsMemory(start, count), right.AsMemory(start, count));
        return column.IsNarrow
            ? PartitionKernel.Sort(source, column.Narrow, goesLeft, toLeft.Span, toRight.Span)
            : PartitionKernel.Sort(source, column.Wide, goesLeft, toLeft.Span, toRight.Span);
    }
}
