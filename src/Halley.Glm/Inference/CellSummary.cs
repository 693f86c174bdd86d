namespace Halley.Glm;

/// <summary>Sums over the rows of a level or cell.</summary>
/// <param name="Size">Weighted exposure.</param>
/// <param name="Observed">Σ w·y.</param>
/// <param name="Fitted">Σ w·μ.</param>
readonly record struct CellSummary(double Size, int RowCount, double Observed, double Fitted);
