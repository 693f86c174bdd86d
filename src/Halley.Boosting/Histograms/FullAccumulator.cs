namespace Halley.Boosting;

/// <summary>Sums of <see cref="FullGradients"/>.</summary>
sealed class FullAccumulator : Accumulator
{
    readonly BinnedTable table;
    readonly HistogramLayout layout;
    readonly FullGradients gradients;

    /// <summary>Shape (columns)(CodeCount).</summary>
    readonly GradientSums[][] cells;

    internal FullAccumulator(BinnedTable table, HistogramLayout layout, FullGradients gradients)
    {
        (this.table, this.layout, this.gradients) = (table, layout, gradients);
        cells = [.. table.Columns.Select(column => new GradientSums[column.CodeCount])];
    }

    internal override int Capacity => int.MaxValue;

    protected override void AddRows(int first, int count)
    {
        for (var column = 0; column < cells.Length; column++)
        {
            var (code, sums) = (table.Columns[column], cells[column]);
            for (var row = first; row < first + count; row++)
                sums[table.CodeAt(code, row)] += GradientSums.Of(gradients.Pairs[row]);
        }
    }

    protected override void AddRows(ReadOnlySpan<int> rows)
    {
        for (var column = 0; column < cells.Length; column++)
        {
            var (code, sums) = (table.Columns[column], cells[column]);
            foreach (var row in rows)
                sums[table.CodeAt(code, row)] += GradientSums.Of(gradients.Pairs[row]);
        }
    }

    protected override void AddTo(LeafHistogram histogram)
    {
        var target = histogram.Wide;
        for (var column = 0; column < cells.Length; column++)
        {
            var sums = cells[column];
            foreach (var map in layout.MapsOf(table.Columns[column]))
            {
                for (var code = 0; code < sums.Length; code++)
                    target[map[code]] += sums[code];
            }
            Array.Clear(sums);
        }
    }
}
