namespace Halley.Statistics;

/// <summary>How predictions would have to be stretched and moved to fit: g(E y) = intercept + slope·g(μ).</summary>
/// <param name="Intercept">0 for calibrated predictions.</param>
/// <param name="Slope">1 for calibrated predictions; below 1 they are too spread, as an overfitted model's are.</param>
/// <param name="Converged">Whether the two-parameter fit came to rest.</param>
public readonly record struct Calibration(Estimate Intercept, Estimate Slope, bool Converged);
