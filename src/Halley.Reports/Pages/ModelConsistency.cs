using Halley.Glm;

namespace Halley.Reports;

/// <summary>Whether the terms of a model do the same in every part of its learn rows.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="By">What makes the parts: a column, or folds.</param>
/// <param name="Terms">Each term's test and effects.</param>
public sealed record ModelConsistency(string Model, string By, IReadOnlyList<TermConsistency> Terms);
