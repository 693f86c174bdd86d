namespace Halley.Glm;

/// <summary>A surface's value at given values of its numbers, with its standard error, on the scale of the linear predictor.</summary>
/// <param name="At">A value for each of <see cref="SmoothSummary.Columns"/>.</param>
public sealed record SurfacePoint(IReadOnlyList<double> At, double Value, double StandardError);
