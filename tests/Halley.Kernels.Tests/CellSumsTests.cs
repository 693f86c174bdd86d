using CsCheck;

namespace Halley.Kernels.Tests;

public sealed class CellSumsTests
{
    static readonly Gen<(int[] Left, int[] Right, double[] X)> Rows = Gen.Int[0, 60]
        .SelectMany(n => Gen.Select(Gen.Int[0, 6].Array[n], Gen.Int[0, 4].Array[n], Gen.Double[-1e6, 1e6].Array[n]));

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(24)]
    public void Rows_go_to_their_cells_as_in_the_plain_twin(int width) =>
        Rows.Sample(rows =>
        {
            double[] numbers = [.. rows.X.SelectMany(x => Enumerable.Range(0, width).Select(j => x * (j + 0.3)))];
            var (expected, table) = (new double[7 * width], new double[7 * width]);
            for (var i = 0; i < rows.Left.Length; i++)
            {
                for (var j = 0; j < width; j++)
                    expected[rows.Left[i] * width + j] += numbers[i * width + j];
            }
            CellSums.AddRows(rows.Left, numbers, width, width, table);
            Assert.Equal(expected, table);
        });

    [Theory]
    [InlineData(12, 4)]
    [InlineData(12, 12)]
    [InlineData(8, 8)]
    public void Starts_of_rows_go_to_cells_of_two_bytes(int stride, int width) =>
        Rows.Sample(rows =>
        {
            double[] numbers = [.. rows.X.SelectMany(x => Enumerable.Range(0, stride).Select(j => x * (j + 0.3)))];
            var (expected, table) = (new double[7 * width], new double[7 * width]);
            for (var i = 0; i < rows.Left.Length; i++)
            {
                for (var j = 0; j < width; j++)
                    expected[rows.Left[i] * width + j] += numbers[i * stride + j];
            }
            CellSums.AddRows(Short(rows.Left), numbers, stride, width, table);
            Assert.Equal(expected, table);
        });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(12)]
    public void Lookups_are_set_in_rows(int width) =>
        Rows.Sample(rows =>
        {
            const int stride = 16;
            double[] table = [.. Enumerable.Range(0, 7 * width).Select(i => i * 0.7 - 3)];
            var (expected, numbers) = (new double[rows.X.Length * stride + 2], new double[rows.X.Length * stride + 2]);
            for (var i = 0; i < rows.X.Length; i++)
            {
                for (var j = 0; j < width; j++)
                    expected[2 + i * stride + j] = rows.X[i] * table[rows.Left[i] * width + j];
            }
            CellSums.SetLookups(rows.X, Short(rows.Left), table, width, stride, numbers.AsSpan(2));
            Assert.Equal(expected, numbers);
        });

    [Fact]
    public void Numbers_go_to_cells_and_values_of_cells_and_pairs_to_rows() =>
        Rows.Sample(rows =>
        {
            double[] values = [.. Enumerable.Range(0, 35).Select(i => 0.1 * i)];
            var (sums, shortSums, plain) = (new double[7], new double[7], new double[7]);
            var (looked, shortLooked, pairs, after) = (
                new double[rows.X.Length],
                new double[rows.X.Length],
                new double[rows.X.Length],
                new double[rows.X.Length]
            );
            CellSums.AddTo(rows.Left, rows.X, sums);
            CellSums.AddTo(Short(rows.Left), rows.X, shortSums);
            CellSums.AddValues(rows.Left, values, looked);
            CellSums.AddValues(Short(rows.Left), values, shortLooked);
            CellSums.AddPairValues(2, values, rows.Left, rows.Right, 5, pairs);
            CellSums.AddValuesAfterFirst([.. rows.Left.Select(cell => cell - 1)], values, after);
            for (var i = 0; i < rows.X.Length; i++)
            {
                plain[rows.Left[i]] += rows.X[i];
                Assert.Equal(values[rows.Left[i]], looked[i]);
                Assert.Equal(2 * values[rows.Left[i] * 5 + rows.Right[i]], pairs[i]);
            }
            Assert.Equal(plain, sums);
            Assert.Equal(plain, shortSums);
            Assert.Equal(looked, shortLooked);
            Assert.Equal(looked, after);
        });

    static ushort[] Short(int[] cells) => Array.ConvertAll(cells, cell => (ushort)cell);

    [Fact]
    public void Pairs_go_to_their_cells_as_in_the_plain_twin() =>
        Rows.Sample(rows =>
        {
            var (expected, table) = (new double[35], new double[35]);
            for (var i = 0; i < rows.X.Length; i++)
                expected[rows.Left[i] * 5 + rows.Right[i]] += rows.X[i];
            CellSums.AddPairs(rows.X, rows.Left, rows.Right, 5, table);
            Assert.Equal(expected, table);
        });

    [Fact]
    public void Columns_of_rows_are_set_and_values_of_cells_added() =>
        Rows.Sample(rows =>
        {
            var n = rows.X.Length;
            var numbers = new double[4 * n];
            CellSums.SetColumn(rows.X, 4, numbers);
            CellSums.SetProduct(rows.X, rows.X, 4, numbers.AsSpan(Math.Min(2, numbers.Length)));
            double[] values = [1, 2, 3, 4, 5, 6, 7];
            var target = (double[])rows.X.Clone();
            CellSums.AddValues(rows.Left, values, target);
            for (var i = 0; i < n; i++)
            {
                Assert.Equal(rows.X[i], numbers[4 * i]);
                Assert.Equal(rows.X[i] * rows.X[i], numbers[4 * i + 2]);
                Assert.Equal(rows.X[i] + values[rows.Left[i]], target[i]);
            }
        });

    [Fact]
    public void A_cell_outside_the_table_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => CellSums.AddRows((int[])[7], new double[4], 4, 4, new double[28]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CellSums.AddRows((int[])[-1], new double[4], 4, 4, new double[28]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CellSums.AddRows((ushort[])[7], new double[4], 4, 4, new double[28]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CellSums.AddRows((ushort[])[0], new double[4], 4, 8, new double[28]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CellSums.SetLookups([1], [7], new double[14], 2, 4, new double[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CellSums.AddPairs([1], [3], [0], 5, new double[15]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CellSums.AddRows((int[])[0], new double[5], 5, 5, new double[5]));
    }
}
