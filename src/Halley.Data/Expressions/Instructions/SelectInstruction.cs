namespace Halley.Data.Expressions;

/// <summary>result = condition ? whenTrue : whenFalse, row by row; missing where the condition is.</summary>
sealed class SelectInstruction(int condition, int whenTrue, int whenFalse, int result) : ISlotInstruction
{
    public void Run(SlotBlock block)
    {
        ReadOnlySpan<double> c = block[condition];
        ReadOnlySpan<double> x = block[whenTrue][..c.Length];
        ReadOnlySpan<double> y = block[whenFalse][..c.Length];
        var z = block[result][..c.Length];
        for (var row = 0; row < c.Length; row++)
        {
            var chosen = c[row] != 0 ? x[row] : y[row];
            z[row] = double.IsNaN(c[row]) ? double.NaN : chosen;
        }
    }
}
