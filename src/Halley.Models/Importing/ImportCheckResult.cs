namespace Halley.Models;

/// <summary>How far an imported model is from the library's own predictions.</summary>
/// <param name="LargestDifference">Relative to the expected value.</param>
/// <param name="Row">Where it is, from 0.</param>
/// <param name="Differing">The first ten rows beyond the tolerance.</param>
/// <param name="Cause">What is likely to be behind it, with what to do; null where all rows agree.</param>
public sealed record ImportCheckResult(
    int Rows,
    double LargestDifference,
    int Row,
    IReadOnlyList<ImportDifference> Differing,
    string? Cause
);
