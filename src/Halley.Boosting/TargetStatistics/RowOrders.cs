using System.Numerics;
using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>The orders in which learn rows are told the past.</summary>
static class RowOrders
{
    const ulong Stream = 0x6f72646572;

    /// <returns>Shape (orders)(n).</returns>
    internal static int[][] Of(BoostingOptions options, int rowCount, int threads)
    {
        var orders = new int[options.Statistics.Orders][];
        WorkItems.For(orders.Length, threads, index => orders[index] = Of(options, (ulong)index, rowCount));
        return orders;
    }

    static int[] Of(BoostingOptions options, ulong index, int rowCount)
    {
        if (options.Statistics.InRowOrder)
            return [.. Enumerable.Range(0, rowCount)];
        var draws = new ulong[rowCount];
        for (var row = 0; row < draws.Length; row++)
            draws[row] = CounterRandom.Bits(options.Seed, Stream + index, (ulong)row);
        return Sorted(draws);
    }

    /// <summary>The rows by rising draw: put into buckets by the draws' first bits, and sorted there.</summary>
    static int[] Sorted(ulong[] draws)
    {
        var shift = 64 - BitOperations.Log2((uint)draws.Length | 2);
        var ends = new int[(int)(ulong.MaxValue >> shift) + 2];
        foreach (var draw in draws)
            ends[(int)(draw >> shift) + 1]++;
        for (var bucket = 1; bucket < ends.Length; bucket++)
            ends[bucket] += ends[bucket - 1];
        var (rows, sorted) = (new int[draws.Length], new ulong[draws.Length]);
        for (var row = 0; row < draws.Length; row++)
        {
            var place = ends[(int)(draws[row] >> shift)]++;
            (rows[place], sorted[place]) = (row, draws[row]);
        }
        // Nearly in place already: a bucket holds one or two.
        for (var i = 1; i < rows.Length; i++)
        {
            var (draw, row, place) = (sorted[i], rows[i], i);
            for (; place > 0 && sorted[place - 1] > draw; place--)
                (sorted[place], rows[place]) = (sorted[place - 1], rows[place - 1]);
            (sorted[place], rows[place]) = (draw, row);
        }
        return rows;
    }
}
