namespace Halley.Data.Expressions;

/// <summary>target = source, as it is.</summary>
public sealed class CopyInstruction(int source, int target) : ISlotInstruction
{
    public void Run(SlotBlock block) => block[source].CopyTo(block[target]);
}
