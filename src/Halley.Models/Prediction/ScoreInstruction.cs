using Halley.Data.Expressions;

namespace Halley.Models;

/// <summary>raw = the scorer's score of its input slots.</summary>
sealed class ScoreInstruction(IScorer scorer, int[] inputSlots, int raw) : ISlotInstruction
{
    public void Run(SlotBlock block) => scorer.Score(block, inputSlots, block[raw]);
}
