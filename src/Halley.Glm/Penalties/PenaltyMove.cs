namespace Halley.Glm;

/// <summary>A step to the minimum of quadratic and penalty.</summary>
/// <param name="Beta">Where it leads, shape (p).</param>
/// <param name="Decrease">By how much quadratic and penalty together are lower there, in units of half the deviance.</param>
/// <param name="Length">√(Δ′HΔ): the step in standard errors, where the dispersion is 1.</param>
readonly record struct PenaltyMove(double[] Beta, double Decrease, double Length);
