namespace Halley.Data.Expressions;

/// <summary>result = function(operand), row by row; missing where that is no finite number.</summary>
sealed class VectorInstruction<TFunction>(int operand, int result) : ISlotInstruction
    where TFunction : struct, IVectorFunction
{
    public void Run(SlotBlock block)
    {
        var y = block[result];
        TFunction.Apply(block[operand], y);
        foreach (ref var value in y)
            value = ArithmeticOperations.FiniteOrMissing(value);
    }
}
