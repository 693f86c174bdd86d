namespace Halley.Boosting;

/// <summary>What a search found.</summary>
/// <param name="Trials">In the order in which they were tried.</param>
/// <param name="Best">The complete trial of the smallest deviance, ties to the earliest.</param>
public sealed record BoostingSearchResult(IReadOnlyList<BoostingTrial> Trials, BoostingTrial Best);
