namespace Halley.Registry;

/// <summary>What the releases of a decision earned against each other: a line for each pair and grade, and no sum of them.</summary>
/// <param name="From">Start of the window; null for the start of the log.</param>
/// <param name="AsOf">Outcomes valued after this day are left out.</param>
/// <param name="Notes">What could not be computed, and why.</param>
public sealed record ValueReport(
    string Environment,
    string Decision,
    DateTimeOffset? From,
    DateOnly AsOf,
    IReadOnlyList<ValueLine> Lines,
    IReadOnlyList<string> Notes
);
