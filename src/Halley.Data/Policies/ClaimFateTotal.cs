namespace Halley.Data;

/// <summary>All rows of claims of one fate.</summary>
/// <param name="Totals">Sum of each amount, in the order of the options.</param>
/// <param name="FirstKeys">The first few keys, to look them up.</param>
public sealed record ClaimFateTotal(ClaimFate Fate, int Rows, IReadOnlyList<double> Totals, IReadOnlyList<string> FirstKeys);
