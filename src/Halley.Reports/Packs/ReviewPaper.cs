namespace Halley.Reports;

/// <summary>What a change does, for the people who read it before it is merged: texts, in the order in which they are read.</summary>
public sealed record ReviewPaper
{
    /// <summary>For example <c>motor-quote@2 against motor-quote@1</c>.</summary>
    public required string Title { get; init; }

    /// <summary>The verdict in a sentence.</summary>
    public required string Lede { get; init; }

    public required bool Simulated { get; init; }

    public required IReadOnlyList<ReviewSection> Sections { get; init; }
}

/// <summary>One part of a review: a table or, where it has none, a sentence.</summary>
/// <param name="Head">Names of the columns.</param>
/// <param name="Rows">Cells, as many as <paramref name="Head"/> has names; empty for a sentence alone.</param>
/// <param name="Words">A sentence above the table, or in its place; null for none.</param>
public sealed record ReviewSection(
    string Title,
    IReadOnlyList<string> Head,
    IReadOnlyList<IReadOnlyList<string>> Rows,
    string? Words = null
);
