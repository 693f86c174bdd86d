namespace Halley.Boosting.Tests;

public sealed class PartitionTests
{
    [Theory]
    [InlineData(100, 1)]
    [InlineData(50_000, 1)]
    [InlineData(50_000, 2)]
    public void Rows_are_sorted_by_side_and_stay_in_order(int rowCount, int threads)
    {
        var book = Books.Motor(rowCount);
        var bins = new BinBuilder(255, null).Build(book, Books.Features, 1, default);
        var table = BinnedTable.Of(book, bins, 1, default);
        var partition = new RowPartition(table, threads);
        partition.Reset(default);
        var goesLeft = Enumerable.Range(0, bins[0].BinCount).Select(bin => bin % 3 == 1).ToArray();
        // Only a part in the middle is cut, as for a leaf.
        var (start, count) = (rowCount / 10, rowCount / 2);

        var leftCount = partition.Split(start, count, 0, goesLeft);

        bool Left(int row) => goesLeft[table.Columns[0][row]];
        var part = Enumerable.Range(start, count).ToArray();
        Assert.Equal(part.Count(Left), leftCount);
        Assert.Equal(part.Where(Left).Concat(part.Where(row => !Left(row))), partition.Rows(start, count).ToArray());
        Assert.Equal(Enumerable.Range(0, start), partition.Rows(0, start).ToArray());
    }
}
