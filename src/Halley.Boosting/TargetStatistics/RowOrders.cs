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
        int[] rows = [.. Enumerable.Range(0, rowCount)];
        if (options.Statistics.InRowOrder)
            return rows;
        var draws = Array.ConvertAll(rows, row => CounterRandom.Bits(options.Seed, Stream + index, (ulong)row));
        Array.Sort(draws, rows);
        return rows;
    }
}
