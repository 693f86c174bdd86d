using System.Buffers;
using Halley.Data;

namespace Halley.Boosting.Tests;

/// <summary>Scores of a table's rows, and the bytes of an ensemble.</summary>
static class Scores
{
    internal static double[] Of(IScorer scorer, Table rows, int blockRows = SlotBlock.BatchCapacity)
    {
        var block = new SlotBlock(scorer.Inputs.Count, blockRows);
        var slots = Enumerable.Range(0, scorer.Inputs.Count).ToArray();
        var eta = new double[rows.RowCount];
        for (var start = 0; start < rows.RowCount; start += blockRows)
        {
            block.RowCount = Math.Min(blockRows, rows.RowCount - start);
            foreach (var slot in slots)
                rows[scorer.Inputs[slot].Name].CopySlots(start, block[slot]);
            scorer.Score(block, slots, eta.AsSpan(start, block.RowCount));
        }
        return eta;
    }

    /// <summary>The score of one row given as slot values.</summary>
    internal static double Of(IScorer scorer, params double[] row)
    {
        var block = new SlotBlock(row.Length, 1);
        for (var slot = 0; slot < row.Length; slot++)
            block[slot][0] = row[slot];
        var eta = new double[1];
        scorer.Score(block, [.. Enumerable.Range(0, row.Length)], eta);
        return eta[0];
    }

    internal static byte[] Bytes(IScorer scorer)
    {
        var buffer = new ArrayBufferWriter<byte>();
        IScorerFormat format = new TreeEnsembleFormat();
        if (!format.CanWrite(scorer))
            format = new GeneralTreesFormat();
        format.Write(scorer, buffer);
        return buffer.WrittenSpan.ToArray();
    }
}
