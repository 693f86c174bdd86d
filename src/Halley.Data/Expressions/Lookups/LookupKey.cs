namespace Halley.Data.Expressions;

/// <summary>One key column of a <see cref="LookupTable"/>.</summary>
/// <param name="Name">For messages; the argument's place, not its name, decides what is looked up.</param>
/// <param name="IsRange">
/// Cells are ranges of a number or date, lower end included and upper end not: <c>18..25</c>, <c>..18</c>, <c>65..</c>.
/// </param>
public sealed record LookupKey(string Name, bool IsRange = false);
