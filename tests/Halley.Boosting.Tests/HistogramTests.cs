using Halley.Kernels;

namespace Halley.Boosting.Tests;

public sealed class HistogramTests
{
    public static TheoryData<int, bool> Sizes =>
        new()
        {
            { 0, true },
            { 1, true },
            { 5000, true },
            { 100_000, true },
            { 100_000, false },
            { 200, false },
        };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Sums_by_bin_equal_plain_sums(int rowCount, bool quantised)
    {
        var (table, layout) = Table(100_000);
        var gradients = Drawn(table.RowCount, quantised);
        // Every third row, as in a leaf.
        var rows = Enumerable.Range(0, rowCount / 3).Select(i => 3 * i).ToArray();

        var fast = Build(table, layout, rows, gradients, threads: 2);

        foreach (var feature in Enumerable.Range(0, 5))
            AssertPlain(table, rows, gradients, feature, fast);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void All_rows_equal_their_list(bool quantised)
    {
        var (table, layout) = Table(70_000);
        var gradients = Drawn(table.RowCount, quantised);
        var builder = new HistogramBuilder(table, layout, gradients, 2);
        var histogram = builder.NewHistogram();

        builder.Build(default, table.RowCount, histogram);

        var listed = Build(table, layout, [.. Enumerable.Range(0, table.RowCount)], gradients, threads: 2);
        Assert.Equal(CellsOf(listed, table), CellsOf(histogram, table));
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(16, true)]
    public void Threads_change_no_bit(int threads, bool quantised)
    {
        var (table, layout) = Table(100_000);
        var gradients = Drawn(table.RowCount, quantised);
        int[] rows = [.. Enumerable.Range(0, table.RowCount)];

        var one = Build(table, layout, rows, gradients, threads: 1);

        Assert.Equal(CellsOf(one, table), CellsOf(Build(table, layout, rows, gradients, threads), table));
    }

    [Theory]
    [InlineData(90_000, 30_000, true)]
    [InlineData(90_000, 80_000, true)]
    [InlineData(90_000, 2000, true)]
    [InlineData(16_000, 9000, true)]
    [InlineData(30_000, 14_000, false)]
    public void What_is_taken_away_leaves_the_rest(int all, int part, bool quantised)
    {
        var (table, layout) = Table(100_000);
        var gradients = Drawn(table.RowCount, quantised);
        int[] rows = [.. Enumerable.Range(0, all)];
        int[] taken = [.. rows.Where(row => row * 7919L % all < part)];

        var histogram = Build(table, layout, rows, gradients, threads: 2);
        histogram.TakeAway(Build(table, layout, taken, gradients, threads: 2), all - taken.Length);

        Assert.Equal(quantised && all - taken.Length <= PackedValue.MaximumTerms, histogram.IsPacked);
        int[] left = [.. rows.Except(taken)];
        foreach (var feature in Enumerable.Range(0, 5))
            AssertPlain(table, left, gradients, feature, histogram);
    }

    [Fact]
    public void Rounding_keeps_the_mean_and_the_units_hold_the_limit()
    {
        var gradients = new PackedGradients(100_000);
        gradients.SetLimit(4, 2);
        var (g, h) = (Enumerable.Repeat(-0.001, 100_000).ToArray(), Enumerable.Repeat(0.0007, 100_000).ToArray());
        (g[5], h[5]) = (-4, 2);
        gradients.Store(0, g, h, 11);

        var sums = gradients.Packed.ToArray().Select(packed => (PackedValue.First(packed), PackedValue.Second(packed))).ToArray();

        // A unit is 4/1022; 100,000 roundings of a quarter unit have a standard deviation of 0.54 in the sum.
        Assert.Equal(-104, sums.Sum(sum => sum.Item1) * gradients.Unit[0], 2.5);
        Assert.Equal(72, sums.Sum(sum => sum.Item2) * gradients.Unit[1], 1.5);
        Assert.Equal((-1022, 1022), sums[5]);
    }

    [Fact]
    public void Full_gradients_are_exact_to_many_digits()
    {
        var (table, layout) = Table(1000);
        var gradients = Drawn(1000, quantised: false);
        var plain = new DeterministicRandom(9);
        var sum = 0.0;
        for (var row = 0; row < 1000; row++)
            (sum, _) = (sum + plain.NextNormal(), plain.NextDouble());

        var histogram = Build(table, layout, [.. Enumerable.Range(0, 1000)], gradients, 1);

        Assert.Equal(sum, CellsOf(histogram.Of(0)).Sum(cell => (cell * gradients.Unit).Gradient), 1e-9);
    }

    static LeafHistogram Build(BinnedTable table, HistogramLayout layout, int[] rows, Gradients gradients, int threads)
    {
        var builder = new HistogramBuilder(table, layout, gradients, threads);
        var histogram = builder.NewHistogram();
        // What a buffer held before must not matter.
        builder.Build(default, table.RowCount, histogram);
        builder.Build(new int[] { 5, 6, 7 }, 3, histogram);
        if (rows.Length == 0)
            histogram.Clear(0);
        else
            builder.Build(rows, rows.Length, histogram);
        return histogram;
    }

    static GradientSums[] CellsOf(LeafHistogram histogram, BinnedTable table) =>
        [.. Enumerable.Range(0, table.Features.Length).SelectMany(feature => CellsOf(histogram.Of(feature)))];

    static GradientSums[] CellsOf(LeafCells cells)
    {
        var sums = new GradientSums[cells.Length];
        for (var bin = 0; bin < sums.Length; bin++)
            sums[bin] = cells[bin];
        return sums;
    }

    static void AssertPlain(BinnedTable table, int[] rows, Gradients gradients, int feature, LeafHistogram histogram)
    {
        var cells = CellsOf(histogram.Of(feature));
        for (var bin = 0; bin < cells.Length; bin++)
        {
            var inBin = rows.Where(row => table.BinAt(feature, row) == bin).ToArray();
            Assert.Equal(inBin.Length, cells[bin].Rows);
            Assert.Equal(inBin.Sum(row => Units(gradients, row).Gradient), cells[bin].Gradient);
            Assert.Equal(inBin.Sum(row => Units(gradients, row).Hessian), cells[bin].Hessian);
        }
    }

    static (double Gradient, double Hessian) Units(Gradients gradients, int row) =>
        gradients is PackedGradients packed
            ? (PackedValue.First(packed.Packed[row]), PackedValue.Second(packed.Packed[row]))
            : (((FullGradients)gradients).Pairs[row][0], ((FullGradients)gradients).Pairs[row][1]);

    static (BinnedTable Table, HistogramLayout Layout) Table(int rowCount)
    {
        var book = Books.Motor(rowCount);
        var bins = new BinBuilder(255, null).Build(book, Books.Features, 1, default);
        var table = BinnedTable.Of(book, bins, 2, default);
        return (table, new(table));
    }

    static Gradients Drawn(int rowCount, bool quantised)
    {
        var random = new DeterministicRandom(9);
        var (g, h) = (new double[rowCount], new double[rowCount]);
        for (var row = 0; row < rowCount; row++)
            (g[row], h[row]) = (random.NextNormal(), random.NextDouble());
        var gradients = Gradients.Of(rowCount, quantised);
        gradients.SetLimit(6, 1);
        gradients.Store(0, g, h, 17);
        return gradients;
    }
}
