namespace Halley.Models;

/// <summary>A row that the imported model predicts otherwise than the library.</summary>
/// <param name="Row">From 1.</param>
/// <param name="Leaves">The leaves of the first trees that it falls into, as the library names them.</param>
public sealed record ImportDifference(int Row, double Expected, double Predicted, IReadOnlyList<int> Leaves);
