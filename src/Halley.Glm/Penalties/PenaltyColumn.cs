namespace Halley.Glm;

/// <summary>What the penalty knows of one coefficient, in the solver's units: β of the scaled column.</summary>
/// <param name="Weight">v of its term; 0 for the constant.</param>
/// <param name="Measure">What one unit of β counts in the penalty.</param>
/// <param name="Group">Number of its group, or −1.</param>
readonly record struct PenaltyColumn(double Weight, double Measure, double Lower, double Upper, int Group)
{
    internal static PenaltyColumn Free { get; } = new(0, 1, double.NegativeInfinity, double.PositiveInfinity, -1);
}
