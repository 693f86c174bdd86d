namespace Halley.Data;

/// <summary>One level of a column.</summary>
/// <param name="Exposure">Years at risk; null where the table has no exposure.</param>
/// <param name="TargetRate">Target a year, or a row where there is no exposure; null without target.</param>
public sealed record LevelProfile(string Level, int Rows, double? Exposure, double? TargetRate);
