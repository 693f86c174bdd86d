namespace Halley.Decisions;

/// <summary>A point of a distribution: the share <paramref name="Share"/> of records is at most <paramref name="Value"/>.</summary>
/// <param name="Share">Range [0, 1].</param>
public sealed record QuantilePoint(double Share, double Value);
