namespace Halley.Boosting;

/// <summary>Gradient and hessian of each learn row at the scores of a first fit. Shapes (n).</summary>
sealed record PilotSlopes(double[] Gradient, double[] Hessian);
