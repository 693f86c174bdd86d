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
            CellSums.AddRows(rows.Left, numbers, width, table);
            Assert.Equal(expected, table);
        });

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
        Assert.Throws<ArgumentOutOfRangeException>(() => CellSums.AddRows([7], new double[4], 4, new double[28]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CellSums.AddRows([-1], new double[4], 4, new double[28]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CellSums.AddPairs([1], [3], [0], 5, new double[15]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CellSums.AddRows([0], new double[5], 5, new double[5]));
    }
}
