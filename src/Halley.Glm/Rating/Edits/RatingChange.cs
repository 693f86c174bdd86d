namespace Halley.Glm;

/// <summary>What an edit did to one cell.</summary>
/// <param name="Factor">The factor, or <see cref="RatingTable.BaseFactor"/> for the base value.</param>
/// <param name="Level">Name of the level or cell; empty for the base value.</param>
/// <param name="Before">Coefficient: logarithm of the relativity.</param>
/// <param name="After">As <paramref name="Before"/>.</param>
public sealed record RatingChange(string Factor, string Level, double Before, double After);
