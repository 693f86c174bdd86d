namespace Halley.Data;

/// <summary>The value that a share of the rows does not exceed.</summary>
/// <param name="Share">0 to 1.</param>
public sealed record QuantileValue(double Share, double Value);
