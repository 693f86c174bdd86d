namespace Halley.Data;

/// <summary>Claim amounts after a cap.</summary>
/// <param name="Amounts">Shape (claims), none above the threshold.</param>
/// <param name="Excess">What was cut off, in total.</param>
/// <param name="Count">Claims that were above.</param>
public sealed record CappedAmounts(double[] Amounts, double Excess, int Count);
