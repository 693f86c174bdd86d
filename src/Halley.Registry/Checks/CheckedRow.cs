namespace Halley.Registry;

/// <summary>A decision that was looked into, with what was found.</summary>
/// <param name="Outcome">What was found, for example 1 for fraud and 0 for none.</param>
/// <param name="Weight">How many decisions it stands for: the inverse of the logged chance of its check.</param>
public sealed record CheckedRow(DecisionRecord Decision, double Outcome, double Weight);
