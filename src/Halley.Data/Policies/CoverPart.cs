namespace Halley.Data;

/// <summary>Part of a cover, or several covers made one: days [Start, End).</summary>
/// <param name="Earned">Earned amounts, one a column.</param>
readonly record struct CoverPart(int Source, int Start, int End, double Years, double[] Earned);
