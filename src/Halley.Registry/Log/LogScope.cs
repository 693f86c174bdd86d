namespace Halley.Registry;

/// <summary>The decision and environment that a record belongs to.</summary>
public readonly record struct LogScope(string Environment, string Decision);
