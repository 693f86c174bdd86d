using System.Runtime.Intrinsics;
using Halley.Kernels;

namespace Halley.Boosting.Tests;

public sealed class HistogramTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5000)]
    [InlineData(100_000)]
    public void Sums_by_bin_equal_plain_sums(int rowCount)
    {
        var (table, layout) = Table(100_000);
        var pairs = Pairs(table.RowCount);
        // Every third row, as in a leaf.
        var rows = Enumerable.Range(0, rowCount / 3).Select(i => 3 * i).ToArray();
        var features = new[] { 0, 1, 2, 3, 4 };

        var fast = Build(table, layout, rows, pairs, features, threads: 2);

        foreach (var feature in features)
            AssertPlain(table, layout, rows, pairs, feature, fast);
    }

    [Fact]
    public void All_rows_equal_their_list()
    {
        var (table, layout) = Table(70_000);
        var pairs = Pairs(table.RowCount);
        var histogram = new GradientSums[layout.CellCount];

        new HistogramBuilder(table, layout, 2).Build(default, table.RowCount, pairs, [0, 1, 2, 3, 4], histogram);

        var listed = Build(table, layout, [.. Enumerable.Range(0, table.RowCount)], pairs, [0, 1, 2, 3, 4], threads: 2);
        Assert.Equal(listed, histogram);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(16)]
    public void Threads_change_no_bit(int threads)
    {
        var (table, layout) = Table(100_000);
        var pairs = Pairs(table.RowCount);
        int[] rows = [.. Enumerable.Range(0, table.RowCount)];

        var one = Build(table, layout, rows, pairs, [0, 1, 2, 3, 4], threads: 1);

        Assert.Equal(one, Build(table, layout, rows, pairs, [0, 1, 2, 3, 4], threads));
    }

    [Fact]
    public void Features_left_out_keep_their_cells()
    {
        var (table, layout) = Table(1000);
        var histogram = new GradientSums[layout.CellCount];

        new HistogramBuilder(table, layout, 1).Build(default, 1000, Pairs(1000), [1, 3], histogram);

        Assert.All(layout.Of(0, histogram).ToArray(), cell => Assert.Equal(0, cell.Rows));
        Assert.Equal(1000, layout.Of(1, histogram).ToArray().Sum(cell => cell.Rows));
    }

    static GradientSums[] Build(
        BinnedTable table,
        HistogramLayout layout,
        int[] rows,
        Vector128<double>[] pairs,
        int[] features,
        int threads
    )
    {
        var histogram = new GradientSums[layout.CellCount];
        // What a buffer held before must not matter.
        Array.Fill(histogram, GradientSums.Of(Vector128.Create(7.0)));
        var builder = new HistogramBuilder(table, layout, threads);
        builder.Build(new int[] { 5, 6, 7 }, 3, pairs, features, histogram);
        if (rows.Length == 0)
            Array.Clear(histogram);
        else
            builder.Build(rows, rows.Length, pairs, features, histogram);
        return histogram;
    }

    static void AssertPlain(
        BinnedTable table,
        HistogramLayout layout,
        int[] rows,
        Vector128<double>[] pairs,
        int feature,
        GradientSums[] histogram
    )
    {
        var cells = layout.Of(feature, histogram).ToArray();
        for (var bin = 0; bin < cells.Length; bin++)
        {
            var inBin = rows.Where(row => table.Columns[feature][row] == bin).ToArray();
            Assert.Equal(inBin.Length, cells[bin].Rows);
            Assert.Equal(inBin.Sum(row => pairs[row][0]), cells[bin].Gradient, 1e-9);
            Assert.Equal(inBin.Sum(row => pairs[row][1]), cells[bin].Hessian, 1e-9);
        }
    }

    static (BinnedTable Table, HistogramLayout Layout) Table(int rowCount)
    {
        var book = Books.Motor(rowCount);
        var bins = new BinBuilder(255, null).Build(book, Books.Features, 1, default);
        return (BinnedTable.Of(book, bins, 2, default), new(bins));
    }

    static Vector128<double>[] Pairs(int rowCount)
    {
        var random = new DeterministicRandom(9);
        return [.. Enumerable.Range(0, rowCount).Select(_ => Vector128.Create(random.NextNormal(), random.NextDouble()))];
    }
}
