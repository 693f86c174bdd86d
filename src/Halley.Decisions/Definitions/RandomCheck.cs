namespace Halley.Decisions;

/// <summary>A small share of records is checked whatever the models say, with a probability that is logged.</summary>
/// <remarks>
/// Whether a record is drawn follows from a hash of its unit id and the salt: the same record is always decided the same.
/// Weighting each checked record with the inverse of its logged probability gives unbiased estimates for all records.
/// Source: Horvitz &amp; Thompson (1952), J. Am. Stat. Assoc. 47(260), 663–685.
/// </remarks>
public sealed record RandomCheck
{
    /// <summary>Probability of a draw, in (0, 1).</summary>
    public required double Share { get; init; }

    /// <summary>The action of a drawn record, unless it has a more severe one already.</summary>
    public required string Action { get; init; }

    /// <summary>Another salt draws other records. At least one character.</summary>
    public required string Salt { get; init; }

    /// <summary>Formula of a boolean: only records for which it holds are drawn from. Null for all.</summary>
    public string? Among { get; init; }

    /// <summary>Sentence for the caller; null for none.</summary>
    public string? Reason { get; init; }
}
