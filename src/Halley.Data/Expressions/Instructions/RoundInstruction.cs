namespace Halley.Data.Expressions;

/// <summary>result = operand rounded to a number of decimals, halves away from zero.</summary>
/// <remarks>On doubles: 1.005 is stored as 1.00499…, so two decimals give 1. An output of kind money rounds in decimal arithmetic.</remarks>
sealed class RoundInstruction(int operand, int decimals, int result) : ISlotInstruction
{
    internal const int MaximumDecimals = 15;

    public void Run(SlotBlock block)
    {
        ReadOnlySpan<double> x = block[operand];
        var y = block[result][..x.Length];
        for (var row = 0; row < x.Length; row++)
            y[row] = Math.Round(x[row], decimals, MidpointRounding.AwayFromZero);
    }
}
