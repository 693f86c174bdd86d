using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>Scores of the learn rows by the scorer that trees become, which tells each row what all rows have told.</summary>
static class ServedScores
{
    /// <returns>Shape (n): offset included.</returns>
    internal static double[] Of(PreparedSet prepared, IEnumerable<GrownTree> trees, int threads)
    {
        var scorer = new TreeCompiler(prepared.Columns).Compile(prepared.Start, trees);
        var offset = prepared.Learn.Vectors.Offset;
        Column[] columns = [.. scorer.Inputs.Select(input => prepared.Set.Learn[input.Name])];
        int[] slots = [.. Enumerable.Range(0, columns.Length)];
        var eta = new double[offset.Count];
        RowBlocks.For(
            eta.Length,
            threads,
            block =>
            {
                var rows = new SlotBlock(columns.Length, block.Count);
                foreach (var slot in slots)
                    columns[slot].CopySlots(block.Start, rows[slot]);
                var own = block.Of(eta);
                scorer.Score(rows, slots, own);
                for (var i = 0; i < own.Length; i++)
                    own[i] += offset[block.Start + i];
            }
        );
        return eta;
    }
}
