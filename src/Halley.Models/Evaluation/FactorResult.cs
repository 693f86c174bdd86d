namespace Halley.Models;

/// <summary>Actual against expected by the levels of a factor; levels without rows are left out.</summary>
/// <param name="InModel">Whether the model reads it.</param>
public sealed record FactorResult(string Factor, bool InModel, IReadOnlyList<LevelResult> Levels);
