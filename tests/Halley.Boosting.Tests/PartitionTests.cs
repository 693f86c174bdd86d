namespace Halley.Boosting.Tests;

public sealed class PartitionTests
{
    [Theory]
    [InlineData(100, 1, true)]
    [InlineData(50_000, 1, false)]
    [InlineData(50_000, 2, true)]
    [InlineData(50_000, 2, false)]
    public void Rows_are_sorted_by_side_and_stay_in_order(int rowCount, int threads, bool ofLeft)
    {
        var book = Books.Motor(rowCount);
        var bins = new BinBuilder(255, null).Build(book, Books.Features, 1, default);
        var table = BinnedTable.Of(book, bins, 1, default);
        var (layout, gradients) = (new HistogramLayout(table), Gradients.Of(rowCount, quantised: true));
        gradients.Store(0, new double[rowCount], new double[rowCount], 1);
        var builder = new HistogramBuilder(table, layout, gradients, threads);
        var partition = new RowPartition(table, builder, new(table.RowCount), threads);
        partition.Reset(default);
        var goesLeft = Enumerable.Range(0, bins[0].BinCount).Select(bin => bin % 3 == 1).ToArray();
        // Only a part in the middle is cut, as for a leaf.
        var (start, count) = (rowCount / 10, rowCount / 2);
        _ = partition.Rows(0, 0);
        var histogram = builder.NewHistogram();
        histogram.Clear(count);

        var split = new Split(0, 1, -1, goesLeft, default, default);
        var leftCount = partition.Cut(start, count, split, histogram, ofLeft);

        bool Left(int row) => goesLeft[table.BinAt(0, row)];
        Assert.Equal(ofLeft ? leftCount : count - leftCount, RowsOf(histogram.Of(4)));
        var part = Enumerable.Range(start, count).ToArray();
        Assert.Equal(part.Count(Left), leftCount);
        Assert.Equal(part.Where(Left).Concat(part.Where(row => !Left(row))), partition.Rows(start, count).ToArray());
        Assert.Equal(Enumerable.Range(0, start), partition.Rows(0, start).ToArray());
    }

    static double RowsOf(LeafCells cells)
    {
        var rows = 0.0;
        for (var bin = 0; bin < cells.Length; bin++)
            rows += cells[bin].Rows;
        return rows;
    }
}
