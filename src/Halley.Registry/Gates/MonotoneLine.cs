namespace Halley.Registry;

/// <summary>How an output follows one field.</summary>
/// <param name="Rises">The direction wanted: true for rising.</param>
/// <param name="Rows">Records that the field was moved in.</param>
/// <param name="Wrong">Records in which some step goes the other way by more than the tolerance.</param>
/// <param name="Worst">Largest step the other way, as a share of the value before it; 0 for none.</param>
/// <param name="Example">The worst step in words; null for none.</param>
public sealed record MonotoneLine(string Field, bool Rises, int Rows, int Wrong, double Worst, string? Example);
