namespace Halley.Glm;

/// <summary>Whether a term does the same in every part of the rows (year, fold, region, …), and what it does in each.</summary>
/// <param name="Term">Name of the term.</param>
/// <param name="Test">The term with an effect of its own in each part against one effect for all: a small p-value says that it differs.</param>
/// <param name="Effects">By level and part; by part for a number; empty for terms of several columns.</param>
public sealed record TermConsistency(string Term, TermMove Test, IReadOnlyList<PartEffect> Effects);
