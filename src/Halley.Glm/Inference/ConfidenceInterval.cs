namespace Halley.Glm;

/// <summary>An interval for a coefficient, on the link scale; an end without bound is infinite.</summary>
/// <param name="Name">Name of the coefficient.</param>
public sealed record ConfidenceInterval(string Name, double Lower, double Upper);
