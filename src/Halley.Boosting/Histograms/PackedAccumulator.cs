using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>Sums of <see cref="PackedGradients"/>.</summary>
sealed class PackedAccumulator : Accumulator
{
    readonly BinnedTable table;
    readonly HistogramLayout layout;
    readonly PackedGradients gradients;
    readonly long[] narrow;
    readonly long[][] wide;

    internal PackedAccumulator(BinnedTable table, HistogramLayout layout, PackedGradients gradients)
    {
        (this.table, this.layout, this.gradients) = (table, layout, gradients);
        narrow = new long[PackedSums.CellCount(table.NarrowCount)];
        wide = [.. table.Columns.Where(column => !column.IsNarrow).Select(column => new long[column.CodeCount])];
    }

    internal override int Capacity => PackedValue.MaximumTerms;

    protected override void AddRows(int first, int count)
    {
        var values = gradients.Packed.Slice(first, count);
        PackedSums.Add(table.Narrow, table.NarrowCount, table.NarrowCount, first, values, narrow);
        for (var column = 0; column < wide.Length; column++)
        {
            var codes = table.Wide(column).Slice(first, count);
            var cells = wide[column];
            for (var i = 0; i < codes.Length; i++)
                cells[codes[i]] += values[i];
        }
    }

    protected override void AddRows(ReadOnlySpan<int> rows)
    {
        var values = gradients.Packed;
        PackedSums.AddListed(table.Narrow, table.NarrowCount, table.NarrowCount, rows, values, narrow);
        for (var column = 0; column < wide.Length; column++)
        {
            var codes = table.Wide(column);
            var cells = wide[column];
            foreach (var row in rows)
                cells[codes[row]] += values[row];
        }
    }

    protected override void AddTo(LeafHistogram histogram)
    {
        var half = PackedSums.CodesPerColumn * table.NarrowCount;
        foreach (var column in table.Columns)
        {
            if (column.IsNarrow)
            {
                var (start, count) = (PackedSums.CodesPerColumn * column.Index, column.CodeCount);
                var odd = PackedSums.PartsOf(table.NarrowCount) == 2 ? narrow.AsSpan(half + start, count) : default;
                AddColumn(column, narrow.AsSpan(start, count), odd, histogram);
            }
            else
            {
                AddColumn(column, wide[column.Index], default, histogram);
            }
        }
    }

    void AddColumn(StoredColumn column, Span<long> even, Span<long> odd, LeafHistogram histogram)
    {
        // Both halves hold no more terms together than a cell may, so they are added while still packed.
        PackedSums.Add(odd, even[..odd.Length]);
        if (histogram.IsPacked)
            AddPacked(column, even, histogram.Packed);
        else
            AddUnpacked(column, even, histogram.Wide);
        even.Clear();
        odd.Clear();
    }

    void AddPacked(StoredColumn column, ReadOnlySpan<long> sums, Span<long> cells)
    {
        if (layout.RunOf(column) is >= 0 and var start)
        {
            PackedSums.Add(sums, cells.Slice(start, sums.Length));
            return;
        }
        var maps = layout.MapsOf(column);
        for (var member = 0; member < maps.Length; member++)
            AddMargin(maps[member], column.Members[member], sums, cells);
    }

    /// <summary>Adds a column's sums by one member's bins. Codes come in runs of one bin each; at step 1, in runs of rising bins.</summary>
    static void AddMargin(int[] map, CodeMember member, ReadOnlySpan<long> sums, Span<long> cells)
    {
        var length = member.Step == 1 ? member.Count : member.Step;
        for (var start = 0; start < sums.Length; start += length)
        {
            var run = sums.Slice(start, Math.Min(length, sums.Length - start));
            if (member.Step == 1)
                PackedSums.Add(run, cells.Slice(map[start], run.Length));
            else
                cells[map[start]] += PackedSums.Sum(run);
        }
    }

    void AddUnpacked(StoredColumn column, ReadOnlySpan<long> sums, Span<GradientSums> cells)
    {
        if (layout.RunOf(column) is >= 0 and var start)
        {
            // Empty codes are added too: a branch would be mispredicted in small leaves.
            cells = cells.Slice(start, sums.Length);
            for (var code = 0; code < cells.Length; code++)
                cells[code] += new GradientSums(PackedValue.ToLanes(sums[code]));
            return;
        }
        foreach (var map in layout.MapsOf(column))
        {
            for (var code = 0; code < sums.Length; code++)
                cells[map[code]] += new GradientSums(PackedValue.ToLanes(sums[code]));
        }
    }
}
