using System.Buffers;
using Halley.Boosting;
using Halley.Data.Expressions;

namespace Halley.Models;

/// <summary>Runs trees of several scores once and hands all of them on.</summary>
abstract class JointScoring(TreeEnsemble trees, int[] inputs) : ISlotInstruction
{
    public void Run(SlotBlock block)
    {
        var count = block.RowCount * trees.OutputCount;
        var sums = ArrayPool<double>.Shared.Rent(count);
        trees.ScoreAll(block, inputs, sums);
        Take(block, sums.AsSpan(0, count));
        ArrayPool<double>.Shared.Return(sums);
    }

    /// <param name="sums">Shape (n, outputs).</param>
    protected abstract void Take(SlotBlock block, ReadOnlySpan<double> sums);
}
