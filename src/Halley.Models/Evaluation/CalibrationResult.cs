namespace Halley.Models;

/// <summary>How predictions would have to be moved and stretched on the link scale to fit; 0 and 1 for calibrated ones.</summary>
public sealed record CalibrationResult(Figure? Intercept, Figure? Slope, bool Converged);
