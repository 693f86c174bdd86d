using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>Draws the rows of each round, and what each counts for: from seed, round, row and the row's derivatives alone.</summary>
sealed class RowSampler
{
    readonly BoostingOptions options;
    readonly BoostedPart part;
    readonly int threads;
    readonly int[] rows;
    readonly int[] scratch;
    readonly double[]? factors;
    int sampled;

    internal RowSampler(BoostingOptions options, BoostedPart part, int threads)
    {
        (this.options, this.part, this.threads) = (options, part, threads);
        var rowCount = part.Table.RowCount;
        (rows, scratch) = options.RowShare < 1 ? (new int[rowCount], new int[rowCount]) : ([], []);
        factors = Weighs(options) ? new double[rowCount] : null;
    }

    /// <summary>Whether rows count for more or less than themselves, so that their derivatives must be kept.</summary>
    internal static bool Weighs(BoostingOptions options) => options.RowSampling != RowSampling.Uniform;

    /// <summary>Rows of the latest draw, rising; empty where all are in.</summary>
    internal ReadOnlyMemory<int> Sampled => rows.AsMemory(0, sampled);

    /// <summary>Rows that the latest draw left out, rising.</summary>
    internal ReadOnlyMemory<int> LeftOut => sampled == 0 ? default : rows.AsMemory(sampled);

    /// <summary>What each row counts for, 0 where it is left out, shape (n); null where all count for themselves.</summary>
    internal double[]? Factors { get; private set; }

    internal void TakeAll() => (sampled, Factors) = (0, null);

    internal void Draw(int round)
    {
        Factors = factors;
        if (options.RowShare >= 1)
        {
            if (factors is not null)
                RowBlocks.For(factors.Length, threads, block => WeighAll((ulong)round, block));
            return;
        }
        var chances = RowChances.Of(options, part, threads);
        var counts = RowBlocks.Map(rows.Length, threads, block => DrawBlock((ulong)round, block, chances));
        sampled = counts.Sum();
        var (next, nextOut) = (0, sampled);
        for (var index = 0; index < counts.Length; index++)
        {
            var (block, taken) = (RowBlocks.At(index, rows.Length), counts[index]);
            scratch.AsSpan(block.Start, taken).CopyTo(rows.AsSpan(next));
            scratch.AsSpan(block.Start + taken, block.Count - taken).CopyTo(rows.AsSpan(nextOut));
            next += taken;
            nextOut += block.Count - taken;
        }
    }

    /// <remarks>Rubin (1981), Annals of Statistics 9(1), 130–134: exponential weights are a draw from all distributions over the rows.</remarks>
    void WeighAll(ulong round, RowBlock block)
    {
        for (var row = block.Start; row < block.End; row++)
        {
            var weight = CounterRandom.Exponential(options.Seed, SamplingStreams.Rows(round), (ulong)row);
            factors![row] =
                options.BootstrapTemperature == 1
                    ? weight
                    : VectorMath.Exp(options.BootstrapTemperature * VectorMath.Log(weight));
        }
    }

    /// <summary>Writes a block's rows to its part of the scratch array: those drawn first, then the others, both rising.</summary>
    int DrawBlock(ulong round, RowBlock block, RowChances chances)
    {
        var part = scratch.AsSpan(block.Start, block.Count);
        var (taken, left) = (0, block.Count);
        for (var row = block.Start; row < block.End; row++)
        {
            var chance = chances.Of(row);
            var isIn = CounterRandom.Uniform(options.Seed, SamplingStreams.Rows(round), (ulong)row) < chance;
            if (isIn)
                part[taken++] = row;
            else
                part[--left] = row;
            if (factors is not null)
                factors[row] = isIn ? 1 / chance : 0;
        }
        part[taken..].Reverse();
        return taken;
    }
}
