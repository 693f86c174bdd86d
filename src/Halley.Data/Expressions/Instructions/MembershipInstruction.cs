namespace Halley.Data.Expressions;

/// <summary>result = whether the operand is one of some constants; missing where the operand is.</summary>
/// <param name="members">Strictly increasing.</param>
sealed class MembershipInstruction(int operand, double[] members, int result) : ISlotInstruction
{
    public void Run(SlotBlock block)
    {
        ReadOnlySpan<double> x = block[operand];
        var y = block[result][..x.Length];
        for (var row = 0; row < x.Length; row++)
        {
            y[row] =
                double.IsNaN(x[row]) ? double.NaN
                : members.AsSpan().BinarySearch(x[row]) >= 0 ? 1
                : 0;
        }
    }
}
