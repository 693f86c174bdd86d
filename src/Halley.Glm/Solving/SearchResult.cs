namespace Halley.Glm;

/// <summary>Where a search ended.</summary>
/// <param name="Point">With the expected curvature.</param>
/// <param name="LastStep">Length of the last step, in standard errors.</param>
sealed record SearchResult(GlmPoint Point, int Iterations, bool Converged, double LastStep);
