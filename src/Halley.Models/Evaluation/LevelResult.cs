namespace Halley.Models;

/// <summary>Actual against expected in a level of a factor.</summary>
/// <param name="Level">Level, band such as <c>[18, 25)</c>, or <c>(missing)</c>.</param>
/// <param name="Exposure">Years at risk, or weight.</param>
/// <param name="Ratio">Actual over expected; null where nothing is expected.</param>
/// <param name="Residual">As <see cref="ResidualResult.Residual"/>, of the level's rows.</param>
public sealed record LevelResult(
    string Level,
    int Rows,
    double Exposure,
    double Actual,
    double Expected,
    Figure? Ratio,
    double? Residual = null
);
