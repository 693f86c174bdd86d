namespace Halley.Data.Expressions;

/// <summary>result = map[code], row by row: a category's codes in another list of levels.</summary>
/// <param name="map">Shape (levels of the operand); NaN where the result is missing.</param>
sealed class CodeMapInstruction(int operand, double[] map, int result) : ISlotInstruction
{
    public void Run(SlotBlock block)
    {
        ReadOnlySpan<double> x = block[operand];
        var y = block[result][..x.Length];
        for (var row = 0; row < x.Length; row++)
            y[row] = double.IsNaN(x[row]) ? double.NaN : map[(int)x[row]];
    }
}
