namespace Halley.Kernels.Tests;

public sealed class RowBlocksTests
{
    const int Rows = 10 * RowBlocks.BlockSize + 17;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(RowBlocks.BlockSize)]
    [InlineData(RowBlocks.BlockSize + 1)]
    [InlineData(Rows)]
    public void Every_row_is_in_exactly_one_block(int rowCount)
    {
        var seen = new int[rowCount];
        RowBlocks.For(
            rowCount,
            3,
            block =>
            {
                foreach (ref var count in block.Of(seen))
                    count++;
            }
        );
        Assert.All(seen, count => Assert.Equal(1, count));
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        var (x, y) = (Numbers.Uniform(Rows, 1), Numbers.Uniform(Rows, 2));
        var sums = new List<double>();
        var totals = new List<double[]>();
        foreach (var threads in new[] { 1, 2, 3, 8, 0 })
        {
            sums.Add(RowBlocks.Sum(Rows, threads, block => Reduce.Dot(block.Of<double>(x), block.Of<double>(y))));
            var total = new double[5];
            RowBlocks.Accumulate(
                Rows,
                threads,
                total,
                (block, partial) =>
                {
                    for (var row = block.Start; row < block.End; row++)
                        partial[row % 5] += x[row];
                }
            );
            totals.Add(total);
        }
        Assert.All(sums, sum => Assert.Equal(sums[0], sum));
        Assert.All(totals, total => Assert.Equal(totals[0], total));
        Assert.Equal(x.Sum(), totals[0].Sum(), 1e-6);
    }

    [Fact]
    public void Accumulate_adds_blocks_in_order_even_when_the_first_is_last()
    {
        var total = new double[1];
        // 1e16 first and −1e16 last swallow what is added between them, in this order only.
        RowBlocks.Accumulate(
            Rows,
            4,
            total,
            (block, partial) =>
            {
                if (block.Index == 0)
                    Thread.Sleep(50);
                partial[0] += block.Index switch
                {
                    0 => 1e16,
                    10 => -1e16,
                    _ => 0.5,
                };
            }
        );
        Assert.Equal(0, total[0]);
    }

    [Fact]
    public void Long_sums_come_from_larger_blocks_that_threads_do_not_change()
    {
        var x = Enumerable.Range(0, Rows).Select(row => Math.Sin(row) / (row + 1)).ToArray();
        double[][] totals =
        [
            .. new[] { 1, 2, 5 }.Select(threads =>
            {
                var total = new double[3 * RowBlocks.BlockSize + 7];
                RowBlocks.Accumulate(
                    Rows,
                    threads,
                    total,
                    (block, partial) =>
                    {
                        Assert.Equal(Math.Min(4 * RowBlocks.BlockSize, Rows - block.Start), block.Count);
                        for (var row = block.Start; row < block.End; row++)
                            partial[row % total.Length] += x[row];
                    }
                );
                return total;
            }),
        ];
        Assert.All(totals, total => Assert.Equal(totals[0], total));
        Assert.Equal(x.Sum(), totals[0].Sum(), 1e-9);
    }

    [Fact]
    public void Accumulate_adds_to_what_is_there()
    {
        double[] total = [40, 2];
        RowBlocks.Accumulate(100, 2, total, (block, partial) => partial[0] += block.Count);
        Assert.Equal([140, 2], total);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void The_first_failing_block_is_reported_as_thrown(int threads)
    {
        void Fail(RowBlock block)
        {
            if (block.Index >= 2)
                throw new InvalidDataException($"block {block.Index}");
        }
        var plain = Assert.Throws<InvalidDataException>(() => RowBlocks.For(Rows, threads, Fail));
        var sums = Assert.Throws<InvalidDataException>(() =>
            RowBlocks.Accumulate(Rows, threads, new double[1], (block, _) => Fail(block))
        );
        Assert.Matches("^block [0-9]+$", plain.Message);
        Assert.Matches("^block [0-9]+$", sums.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Cancellation_stops_the_work(int threads)
    {
        using var source = new CancellationTokenSource();
        var calls = 0;
        Assert.Throws<OperationCanceledException>(() =>
            RowBlocks.For(
                1000 * RowBlocks.BlockSize,
                threads,
                _ =>
                {
                    Interlocked.Increment(ref calls);
                    source.Cancel();
                },
                source.Token
            )
        );
        Assert.InRange(calls, 1, threads);
        Assert.Throws<OperationCanceledException>(() =>
            RowBlocks.Accumulate(Rows, threads, new double[1], (_, _) => { }, source.Token)
        );
    }

    [Fact]
    public void Work_inside_work_does_not_starve()
    {
        var sum = RowBlocks.Sum(Rows, 4, _ => RowBlocks.Sum(Rows, 4, inner => inner.Count));
        Assert.Equal(11.0 * Rows, sum);
    }
}
