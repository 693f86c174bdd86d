namespace Halley.Simulation;

/// <summary>How a history ended.</summary>
/// <param name="Failure">The operation's number and the invariant that did not hold; null where all held.</param>
/// <param name="Trace">Every operation with its end, without ids and times.</param>
sealed record HistoryResult(string? Failure, IReadOnlyList<string> Trace);
