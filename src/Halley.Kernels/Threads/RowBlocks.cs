using System.Numerics;

namespace Halley.Kernels;

/// <summary>Work over rows in fixed blocks, whose results are combined in block order: any number of threads gives the same bits.</summary>
public static class RowBlocks
{
    /// <summary>Rows in a block. Changing it changes the last bits of every sum over more rows than this.</summary>
    public const int BlockSize = 8192;

    /// <summary>Rows in the largest block: a multiple of every block's size.</summary>
    public const int LargestBlock = 16 * BlockSize;

    /// <summary>Adds a block's share to <paramref name="partial"/>, which comes zeroed.</summary>
    public delegate void BlockSums(RowBlock block, Span<double> partial);

    /// <summary>Number of blocks that <paramref name="rowCount"/> rows make.</summary>
    public static int CountOf(int rowCount) => CountOf(rowCount, BlockSize);

    /// <summary>Number of blocks of a size that <paramref name="rowCount"/> rows make.</summary>
    internal static int CountOf(int rowCount, int blockSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowCount);
        return (int)(((long)rowCount + blockSize - 1) / blockSize);
    }

    /// <summary>Block number <paramref name="index"/> of <paramref name="rowCount"/> rows.</summary>
    public static RowBlock At(int index, int rowCount) => At(index, rowCount, BlockSize);

    internal static RowBlock At(int index, int rowCount, int blockSize)
    {
        var start = index * blockSize;
        return new(index, start, Math.Min(blockSize, rowCount - start));
    }

    /// <summary>Calls <paramref name="work"/> once for every block. <paramref name="threads"/> 0 or less stands for all processors.</summary>
    public static void For(int rowCount, int threads, Action<RowBlock> work, CancellationToken cancellation = default) =>
        WorkItems.For(CountOf(rowCount), threads, index => work(At(index, rowCount)), cancellation);

    /// <summary>The blocks' results in block order.</summary>
    public static T[] Map<T>(int rowCount, int threads, Func<RowBlock, T> work, CancellationToken cancellation = default)
    {
        var results = new T[CountOf(rowCount)];
        For(rowCount, threads, block => results[block.Index] = work(block), cancellation);
        return results;
    }

    /// <summary>The sum of the blocks' results, added in block order.</summary>
    public static double Sum(int rowCount, int threads, Func<RowBlock, double> work, CancellationToken cancellation = default)
    {
        var sum = 0.0;
        foreach (var part in Map(rowCount, threads, work, cancellation))
            sum += part;
        return sum;
    }

    /// <summary>Adds every block's partial sums to <paramref name="total"/>, in block order.</summary>
    /// <remarks>
    /// At most two buffers of total's length per thread are alive, however many blocks there are. Where total is longer than
    /// <see cref="BlockSize"/>, blocks have about as many rows as it has numbers, so that adding it up does not cost more than the rows.
    /// Block sizes divide <see cref="LargestBlock"/>: rows that come in chunks of it make the same blocks as all rows at once.
    /// </remarks>
    public static void Accumulate(
        int rowCount,
        int threads,
        double[] total,
        BlockSums work,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(total);
        // Decided by the length alone, never by the number of threads.
        var blockSize = BlockSizeFor(total.Length);
        var workers = Math.Min(WorkItems.ThreadCount(threads), CountOf(rowCount, blockSize));
        var sums = new OrderedSums(rowCount, blockSize, total, work, cancellation);
        WorkItems.For(workers, workers, _ => sums.TakeBlocks(), CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Rows in a block of <see cref="Accumulate"/> for a total of so many numbers.</summary>
    internal static int BlockSizeFor(int length)
    {
        var blocks = (uint)Math.Clamp(length / BlockSize, 1, LargestBlock / BlockSize);
        return BlockSize * (int)BitOperations.RoundUpToPowerOf2(blocks);
    }
}
