namespace Halley.Data.Expressions;

/// <summary>result = operation(operand), row by row.</summary>
sealed class UnaryInstruction<TOperation>(int operand, int result) : ISlotInstruction
    where TOperation : struct, IUnaryOperation
{
    public void Run(SlotBlock block)
    {
        ReadOnlySpan<double> x = block[operand];
        var y = block[result][..x.Length];
        for (var row = 0; row < x.Length; row++)
            y[row] = TOperation.Of(x[row]);
    }
}
