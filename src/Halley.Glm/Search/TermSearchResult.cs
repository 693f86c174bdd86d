namespace Halley.Glm;

/// <summary>What a stepwise search found.</summary>
/// <param name="Terms">Terms of the model found, in the order of the scope.</param>
/// <param name="Fit">That model, fitted on all learn rows.</param>
/// <param name="Steps">How it went; the last step takes no move, unless the steps ran out.</param>
public sealed record TermSearchResult(IReadOnlyList<Term> Terms, GlmFit Fit, IReadOnlyList<TermSearchStep> Steps);
