using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>Draws the rows of each round: whether a row is in depends on seed, round and row alone.</summary>
sealed class RowSampler(int rowCount, double share, ulong seed, int threads)
{
    readonly int[] rows = share < 1 ? new int[rowCount] : [];
    readonly int[] scratch = share < 1 ? new int[rowCount] : [];
    int sampled;

    /// <summary>Rows of the latest draw, rising; empty where all are in.</summary>
    internal ReadOnlyMemory<int> Sampled => rows.AsMemory(0, sampled);

    /// <summary>Rows that the latest draw left out, rising.</summary>
    internal ReadOnlyMemory<int> LeftOut => sampled == 0 ? default : rows.AsMemory(sampled);

    internal void TakeAll() => sampled = 0;

    internal void Draw(int round)
    {
        if (share >= 1)
            return;
        var counts = RowBlocks.Map(rowCount, threads, block => DrawBlock((ulong)round, block));
        sampled = counts.Sum();
        var (next, nextOut) = (0, sampled);
        for (var index = 0; index < counts.Length; index++)
        {
            var (block, taken) = (RowBlocks.At(index, rowCount), counts[index]);
            scratch.AsSpan(block.Start, taken).CopyTo(rows.AsSpan(next));
            scratch.AsSpan(block.Start + taken, block.Count - taken).CopyTo(rows.AsSpan(nextOut));
            next += taken;
            nextOut += block.Count - taken;
        }
    }

    /// <summary>Writes a block's rows to its part of the scratch array: those drawn first, then the others, both rising.</summary>
    int DrawBlock(ulong round, RowBlock block)
    {
        var part = scratch.AsSpan(block.Start, block.Count);
        var (taken, left) = (0, block.Count);
        for (var row = block.Start; row < block.End; row++)
        {
            if (CounterRandom.Uniform(seed, SamplingStreams.Rows(round), (ulong)row) < share)
                part[taken++] = row;
            else
                part[--left] = row;
        }
        part[taken..].Reverse();
        return taken;
    }
}
