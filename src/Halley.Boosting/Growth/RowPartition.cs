using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>The rows of a tree, leaf by leaf, in rising order within a leaf.</summary>
/// <remarks>
/// <code>
/// before  [ … | a leaf's rows            | … ]
/// after   [ … | left child | right child | … ]
/// </code>
/// Blocks sort their own part into a scratch array; then the parts are laid one behind the other in block order. While a block's
/// rows are in cache, those of the smaller child are added to its histogram.
/// <code>
/// a block of the scratch array  [ right rows | left rows ]
/// </code>
/// </remarks>
/// <param name="lists">May serve several partitions, one at a time.</param>
sealed class RowPartition(BinnedTable table, HistogramBuilder builder, RowLists lists, int threads)
{
    const int BlockRows = HistogramBuilder.BlockRows;

    readonly int[] rows = lists.Rows;
    readonly int[] scratch = lists.Scratch;
    readonly int[] leftCounts = new int[(table.RowCount + BlockRows - 1) / BlockRows];

    /// <summary>Left rows of the blocks before.</summary>
    readonly int[] leftStarts = new int[(table.RowCount + BlockRows - 1) / BlockRows];
    bool implied;

    /// <summary>Puts all rows of the sample in one leaf.</summary>
    /// <param name="sample">Rising; empty for all rows.</param>
    internal void Reset(ReadOnlySpan<int> sample)
    {
        // All rows in order need no list until the first cut writes one.
        implied = sample.IsEmpty;
        sample.CopyTo(rows);
    }

    internal ReadOnlyMemory<int> Rows(int start, int count)
    {
        if (implied)
            List();
        return rows.AsMemory(start, count);
    }

    /// <summary>Sorts a leaf's rows into those that go left and the others.</summary>
    /// <param name="histogram">Zeroed; receives the sums of one child's rows. Null where none is wanted.</param>
    /// <param name="ofLeft">Whether that child is the left one.</param>
    /// <returns>How many go left.</returns>
    internal int Cut(int start, int count, Split split, LeafHistogram? histogram, bool ofLeft)
    {
        var (column, sides) = (table.ColumnOf(split.Feature), table.SidesOf(split));
        var alone = column.IsNarrow ? table.AloneOf(column) : default;
        var blocks = (count + BlockRows - 1) / BlockRows;
        WorkItems.For(
            blocks,
            builder.ThreadsFor(count),
            block =>
            {
                var first = start + block * BlockRows;
                var length = Math.Min(BlockRows, start + count - first);
                var goLeft = column.IsNarrow
                    ? Sort(first, length, alone, sides)
                    : SortWide(first, length, table.Wide(column.Index), sides);
                leftCounts[block] = goLeft;
                if (histogram is not null)
                    builder.Add(ofLeft ? rows.AsSpan(first, goLeft) : scratch.AsSpan(first, length - goLeft), histogram);
                if (blocks > 1)
                    rows.AsSpan(first, goLeft).CopyTo(scratch.AsSpan(first + length - goLeft));
            }
        );
        implied = false;
        if (histogram is not null)
            builder.Finish(histogram);
        return Join(start, count, blocks);
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

    int Sort(int first, int length, (ReadOnlyMemory<byte> Codes, int Stride, int Start) column, byte[] sides)
    {
        var (codes, stride, start) = column;
        var chosen = rows.AsSpan(first, length);
        var others = scratch.AsSpan(first, length);
        return implied
            ? RowSorter.SortRange(first, length, codes.Span, stride, start, sides, chosen, others)
            : RowSorter.SortListed(chosen, codes.Span, stride, start, sides, chosen, others);
    }

    int SortWide(int first, int length, ReadOnlySpan<ushort> codes, byte[] sides)
    {
        var chosen = rows.AsSpan(first, length);
        var others = scratch.AsSpan(first, length);
        var taken = 0;
        for (var i = 0; i < chosen.Length; i++)
        {
            var row = implied ? first + i : chosen[i];
            int step = sides[codes[row]];
            chosen[taken] = row;
            others[i - taken] = row;
            taken += step;
        }
        return taken;
    }

    /// <summary>Lays the blocks' left rows one behind the other, and their right rows behind those.</summary>
    int Join(int start, int count, int blocks)
    {
        if (blocks == 1)
        {
            scratch.AsSpan(start, count - leftCounts[0]).CopyTo(rows.AsSpan(start + leftCounts[0]));
            return leftCounts[0];
        }
        var leftCount = 0;
        for (var block = 0; block < blocks; block++)
            (leftStarts[block], leftCount) = (leftCount, leftCount + leftCounts[block]);
        WorkItems.For(
            blocks,
            builder.ThreadsFor(count),
            block =>
            {
                var first = block * BlockRows;
                var length = Math.Min(BlockRows, count - first);
                var goRight = length - leftCounts[block];
                var sorted = scratch.AsSpan(start + first, length);
                sorted[..goRight].CopyTo(rows.AsSpan(start + leftCount + first - leftStarts[block]));
                sorted[goRight..].CopyTo(rows.AsSpan(start + leftStarts[block]));
            }
        );
        return leftCount;
    }

    void List()
    {
        for (var row = 0; row < rows.Length; row++)
            rows[row] = row;
        implied = false;
    }
}
