namespace Halley.Data.Expressions;

/// <summary>One row of a <see cref="LookupTable"/>.</summary>
/// <param name="Keys">
/// A cell a key, as text in the invariant culture: a level, a number, <c>true</c>, an ISO date, or a range. Null matches a missing value.
/// </param>
/// <param name="Value">A number in the invariant culture, or a level, by the table's kind.</param>
public sealed record LookupRow(IReadOnlyList<string?> Keys, string Value);
