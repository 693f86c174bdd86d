namespace Halley.Glm;

/// <summary>What a term does in one part of the rows.</summary>
/// <param name="Level">Its level; null for a number's slope.</param>
/// <param name="Part">The year, fold, … that the rows are of.</param>
/// <param name="Coefficient">On the link scale, against the base level of the same part; 0 for the base level.</param>
/// <param name="StandardError">0 for the base level; +∞ where the part has no claim at the level, NaN where it has no row.</param>
/// <param name="Exposure">Years at risk of the level's rows in the part, times weight; null for a slope.</param>
public sealed record PartEffect(string? Level, string Part, double Coefficient, double StandardError, double? Exposure);
