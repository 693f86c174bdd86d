namespace Halley.Sources;

/// <summary>Joins a table of claims to policies: counts and totals by key.</summary>
/// <param name="Table">Table of claims, a row each; stands before this one.</param>
/// <param name="Key">Column that both tables share.</param>
/// <param name="Amount">Column of claim amounts in the claims table.</param>
/// <param name="Count">Name of the new column of claim counts.</param>
/// <param name="Total">Name of the new column of claim totals.</param>
public sealed record ClaimColumns(string Table, string Key, string Amount, string Count, string Total);
