using Halley.Data.Expressions;
using Halley.Kernels;

namespace Halley.Models;

/// <summary>ln(p / Σ others) of one class among probabilities that add up to 1.</summary>
/// <remarks>Adding up the others keeps all digits where p is nearly 1.</remarks>
/// <param name="shares">Slots of the probabilities, shape (classes).</param>
/// <param name="own">Number of the class.</param>
/// <param name="target">Slot that is written.</param>
public sealed class ClassOdds(int[] shares, int own, int target) : ISlotInstruction
{
    /// <inheritdoc/>
    public void Run(SlotBlock block)
    {
        var odds = block[target];
        odds.Clear();
        for (var output = 0; output < shares.Length; output++)
        {
            if (output == own)
                continue;
            ReadOnlySpan<double> other = block[shares[output]];
            for (var row = 0; row < odds.Length; row++)
                odds[row] += other[row];
        }
        ReadOnlySpan<double> share = block[shares[own]];
        for (var row = 0; row < odds.Length; row++)
            odds[row] = VectorMath.Log(share[row]) - VectorMath.Log(odds[row]);
    }
}
