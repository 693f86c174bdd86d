using System.Runtime.Intrinsics;

namespace Halley.Kernels.Tests;

public sealed class PackingTests
{
    public static TheoryData<int, int> Shapes
    {
        get
        {
            var shapes = new TheoryData<int, int>();
            foreach (var columns in Enumerable.Range(1, 29))
                shapes.Add(columns, 301);
            shapes.Add(6, 0);
            shapes.Add(6, 1);
            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Sums_by_code_equal_plain_sums(int columns, int rowCount)
    {
        var (codes, values) = Draw(columns, 2 * rowCount + 10);
        var rows = Enumerable.Range(3, rowCount).Select(row => 2 * row).ToArray();
        var (ranged, listed) = (new long[PackedSums.CellCount(columns)], new long[PackedSums.CellCount(columns)]);

        PackedSums.Add(codes, columns, columns, 5, values.AsSpan(5, rowCount), ranged);
        PackedSums.AddListed(codes, columns, columns, rows, values, listed);

        Assert.Equal(Plain(codes, columns, Enumerable.Range(5, rowCount), values), Joined(ranged, columns));
        Assert.Equal(Plain(codes, columns, rows, values), Joined(listed, columns));
    }

    [Fact]
    public void A_full_cell_overflows_no_field()
    {
        const int Terms = PackedValue.MaximumTerms;
        foreach (var sign in new[] { 1, -1 })
        {
            var sum = Terms * PackedValue.Of(sign * PackedValue.Largest, PackedValue.Largest);

            Assert.Equal(sign * (long)Terms * PackedValue.Largest, PackedValue.First(sum));
            Assert.Equal((long)Terms * PackedValue.Largest, PackedValue.Second(sum));
            Assert.Equal(Terms, PackedValue.Count(sum));
            Assert.Equal(
                Vector256.Create(sign * (double)Terms * PackedValue.Largest, (double)Terms * PackedValue.Largest, Terms, 0),
                PackedValue.ToLanes(sum)
            );
        }
    }

    [Fact]
    public void Lanes_are_the_fields()
    {
        var random = new DeterministicRandom(5);
        for (var i = 0; i < 2000; i++)
        {
            var terms = (int)(200 * random.NextDouble());
            var sum = Enumerable
                .Range(0, terms)
                .Sum(_ => PackedValue.Of((int)(2047 * random.NextDouble()) - 1023, (int)(1024 * random.NextDouble())));
            Assert.Equal(
                Vector256.Create(PackedValue.First(sum), PackedValue.Second(sum), PackedValue.Count(sum), 0.0),
                PackedValue.ToLanes(sum)
            );
        }
    }

    [Fact]
    public void Rounding_goes_up_or_down_by_the_fraction_and_by_row_alone()
    {
        var random = new DeterministicRandom(3);
        var first = Enumerable.Range(0, 50_003).Select(_ => 8 * random.NextDouble() - 4).ToArray();
        var second = Enumerable.Range(0, 50_003).Select(_ => 3 * random.NextDouble()).ToArray();
        var (packed, tail) = (new long[50_003], new long[7]);

        StochasticPacker.Pack(first, second, 100, 300, 42, 0, packed);
        StochasticPacker.Pack(first.AsSpan(1000, 7), second.AsSpan(1000, 7), 100, 300, 42, 1000, tail);

        // Rows of the tail take the path of one row, and must have the bits of the block.
        Assert.Equal(packed[1000..1007], tail);
        for (var i = 0; i < packed.Length; i++)
        {
            Assert.InRange(PackedValue.First(packed[i]) - 100 * first[i], -1, 1);
            Assert.InRange(PackedValue.Second(packed[i]) - 300 * second[i], -1, 1);
            Assert.Equal(1, PackedValue.Count(packed[i]));
        }
        // Errors of rounding are uniform fractions: variance 1/6 of a unit, mean 0.
        var errors = packed.Select((value, i) => PackedValue.First(value) - 100 * first[i]).ToArray();
        Assert.Equal(0, errors.Average(), 0.01);
        Assert.Equal(1 / 6.0, errors.Average(error => error * error), 0.01);
        Assert.Equal(0, packed.Select((value, i) => PackedValue.Second(value) - 300 * second[i]).Average(), 0.01);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public void Rows_are_sorted_by_side_in_their_order(int rowCount)
    {
        var (codes, _) = Draw(3, 3 * rowCount + 20);
        var sides = Enumerable.Range(0, 256).Select(code => (byte)(code % 3 == 1 ? 1 : 0)).ToArray();
        bool Chosen(int row) => sides[codes[3 * row + 2]] == 1;
        var rows = Enumerable.Range(2, rowCount).Select(row => 3 * row).ToArray();
        var (chosen, others) = (new int[rowCount], new int[rowCount]);

        var fromRange = RowSorter.SortRange(7, rowCount, codes, 3, 2, sides, chosen, others);

        var range = Enumerable.Range(7, rowCount).ToArray();
        Assert.Equal(range.Where(Chosen), chosen[..fromRange]);
        Assert.Equal(range.Where(row => !Chosen(row)), others[..(rowCount - fromRange)]);
        var expected = rows.Where(Chosen).ToArray();

        // In place, as leaves are sorted.
        var fromList = RowSorter.SortListed(rows, codes, 3, 2, sides, rows, others);

        Assert.Equal(expected, rows[..fromList]);
        Assert.Equal(rowCount - expected.Length, rowCount - fromList);
        Assert.DoesNotContain(others[..(rowCount - fromList)], Chosen);
    }

    static (byte[] Codes, long[] Values) Draw(int columns, int rowCount)
    {
        var random = new DeterministicRandom((ulong)(31 * columns + rowCount));
        var codes = Enumerable.Range(0, rowCount * columns).Select(_ => (byte)(256 * random.NextDouble())).ToArray();
        var values = Enumerable
            .Range(0, rowCount)
            .Select(_ => PackedValue.Of((int)(2047 * random.NextDouble()) - 1023, (int)(1024 * random.NextDouble())))
            .ToArray();
        return (codes, values);
    }

    static long[] Plain(byte[] codes, int columns, IEnumerable<int> rows, long[] values)
    {
        var cells = new long[256 * columns];
        foreach (var row in rows)
        {
            for (var column = 0; column < columns; column++)
                cells[256 * column + codes[row * columns + column]] += values[row];
        }
        return cells;
    }

    static long[] Joined(long[] cells, int columns) =>
        [
            .. Enumerable
                .Range(0, 256 * columns)
                .Select(cell => Enumerable.Range(0, PackedSums.PartsOf(columns)).Sum(part => cells[part * 256 * columns + cell])),
        ];
}
