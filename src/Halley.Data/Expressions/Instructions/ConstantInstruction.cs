namespace Halley.Data.Expressions;

/// <summary>result = value, in every row.</summary>
sealed class ConstantInstruction(int result, double value) : ISlotInstruction
{
    public void Run(SlotBlock block) => block[result].Fill(value);
}
