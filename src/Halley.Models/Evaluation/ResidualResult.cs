namespace Halley.Models;

/// <summary>A crunched residual: rows of neighbouring predictions taken together.</summary>
/// <param name="Actual">Weighted total of the target.</param>
/// <param name="Expected">Weighted total of the predictions.</param>
/// <param name="Residual">
/// (actual − expected)/√(φ·Σ w·V), about standard normal where the model is right: beyond ±2 is rare, beyond ±3 is not chance. Null where
/// the variance is 0.
/// </param>
public sealed record ResidualResult(int Group, int Rows, double Exposure, double Actual, double Expected, double? Residual);
