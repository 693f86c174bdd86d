using System.Diagnostics;
using Halley.Data;
using Halley.Glm;
using Halley.Kernels;

namespace Halley.Bench;

/// <summary>Scores of the 50-parameter tariff: from columns in memory to means, and one row at a time.</summary>
sealed class TariffScoring
{
    const int LiveRows = 10_000;
    const int Calls = 1_000_000;

    readonly IScorer scorer;
    readonly Column[] columns;
    readonly int[] slots;
    readonly double[] mu;

    public TariffScoring()
    {
        scorer = new GlmTrainer(FrenchGlm.Options(threads: 2)).Fit(FrenchGlm.Set).Scorer;
        columns = [.. scorer.Inputs.Select(input => FrenchGlm.Learn[input.Name])];
        slots = [.. Enumerable.Range(0, columns.Length)];
        mu = new double[FrenchGlm.Learn.RowCount];
    }

    public (double RowsPerSecond, double OneNanoseconds, long Bytes) Measure(int repetitions)
    {
        var seconds = Paired.MedianSeconds(ScoreAll, repetitions);
        var rows = Encoded();
        ScoreOneByOne(rows);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        ScoreOneByOne(rows);
        var elapsed = Stopwatch.GetElapsedTime(start);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        return (mu.Length / seconds, elapsed.TotalNanoseconds / Calls, bytes);
    }

    void ScoreAll()
    {
        var block = new SlotBlock(columns.Length, SlotBlock.BatchCapacity);
        for (var start = 0; start < mu.Length; start += SlotBlock.BatchCapacity)
        {
            block.RowCount = Math.Min(SlotBlock.BatchCapacity, mu.Length - start);
            for (var input = 0; input < columns.Length; input++)
                columns[input].CopySlots(start, block[input]);
            var own = mu.AsSpan(start, block.RowCount);
            scorer.Score(block, slots, own);
            VectorMath.Exp(own, own);
        }
    }

    SlotBlock[] Encoded()
    {
        var rows = new SlotBlock[LiveRows];
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = new(columns.Length, 1);
            for (var input = 0; input < columns.Length; input++)
                columns[input].CopySlots(row * 61, rows[row][input]);
        }
        return rows;
    }

    void ScoreOneByOne(SlotBlock[] rows)
    {
        for (var call = 0; call < Calls; call++)
        {
            var own = mu.AsSpan(call % LiveRows, 1);
            scorer.Score(rows[call % LiveRows], slots, own);
            own[0] = VectorMath.Exp(own[0]);
        }
    }
}
