namespace Halley.Models;

/// <summary>One difference between two specs.</summary>
/// <param name="Path">Where, for example <c>learner.options.leaves</c> or <c>derived[2].expression</c>.</param>
/// <param name="Before">JSON text before; null where it was not there.</param>
/// <param name="After">JSON text after; null where it is gone.</param>
public sealed record SpecChange(string Path, string? Before, string? After);
