namespace Halley.Data.Expressions;

/// <summary>result = number of breaks that are at most the operand: 0 below the first, up to their count from the last on.</summary>
/// <param name="breaks">Strictly increasing, finite.</param>
sealed class BandInstruction(int operand, double[] breaks, int result) : ISlotInstruction
{
    public void Run(SlotBlock block)
    {
        ReadOnlySpan<double> x = block[operand];
        var y = block[result][..x.Length];
        for (var row = 0; row < x.Length; row++)
            y[row] = double.IsNaN(x[row]) ? double.NaN : IndexOf(breaks, x[row]);
    }

    /// <summary>Number of breaks that are ≤ <paramref name="value"/>.</summary>
    internal static int IndexOf(ReadOnlySpan<double> breaks, double value)
    {
        var found = breaks.BinarySearch(value);
        return found >= 0 ? found + 1 : ~found;
    }
}
