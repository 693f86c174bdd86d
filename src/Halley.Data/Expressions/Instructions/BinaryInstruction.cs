namespace Halley.Data.Expressions;

/// <summary>result = operation(left, right), row by row.</summary>
sealed class BinaryInstruction<TOperation>(int left, int right, int result) : ISlotInstruction
    where TOperation : struct, IBinaryOperation
{
    public void Run(SlotBlock block)
    {
        ReadOnlySpan<double> x = block[left];
        ReadOnlySpan<double> y = block[right][..x.Length];
        var z = block[result][..x.Length];
        for (var row = 0; row < x.Length; row++)
            z[row] = TOperation.Of(x[row], y[row]);
    }
}
