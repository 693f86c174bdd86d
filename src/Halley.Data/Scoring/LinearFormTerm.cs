namespace Halley.Data;

/// <summary>A term: coefficients by the cell of its levels, times the values of its numbers.</summary>
/// <remarks>
/// Cells count the levels of the first rule slowest; a term without levels has one cell. Columns are products of the numbers' own columns,
/// those of the first counted slowest; a term without numbers has one column, which is 1. Coefficient index = cell × columns + column.
/// </remarks>
/// <param name="Name">For messages.</param>
public sealed record LinearFormTerm(
    string Name,
    IReadOnlyList<LevelRule> Levels,
    IReadOnlyList<NumberRule> Numbers,
    IReadOnlyList<double> Coefficients
);
