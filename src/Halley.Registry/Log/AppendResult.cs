namespace Halley.Registry;

/// <summary>What became of an append.</summary>
/// <param name="Record">The decision that counts: the one given, or the first one under its key.</param>
public sealed record AppendResult(AppendStatus Status, DecisionRecord Record);
