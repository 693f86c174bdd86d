using Halley.Data.Expressions;
using Halley.Kernels;

namespace Halley.Models;

/// <summary>score += the score of the model below.</summary>
sealed class AddInstruction(int below, int score) : ISlotInstruction
{
    public void Run(SlotBlock block) => Reduce.AddScaled(1, block[below], block[score]);
}
