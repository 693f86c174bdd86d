namespace Halley.Glm;

/// <summary>A smooth at one value of its covariate, on the link scale.</summary>
/// <param name="Value">Summing to zero over the learn rows.</param>
/// <param name="StandardError">Of the value, from the Bayesian covariance φ·(X′WX + S)⁻¹, which allows for the penalty's bias on average.</param>
public readonly record struct SmoothPoint(double X, double Value, double StandardError);
