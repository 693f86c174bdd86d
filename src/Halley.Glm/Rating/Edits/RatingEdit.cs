namespace Halley.Glm;

/// <summary>An edit of a rating table by hand: what, who, when and why, and what it changed.</summary>
public sealed record RatingEdit
{
    public required RatingEditKind Kind { get; init; }

    /// <summary>The factor, or <see cref="RatingTable.BaseFactor"/> to set the base value.</summary>
    public required string Factor { get; init; }

    /// <summary>Levels (or cells, their levels joined by a colon) that it is about; empty for all of the factor.</summary>
    public required IReadOnlyList<string> Levels { get; init; }

    /// <summary>Set: the relativity. Round: decimals, 0 to 15. Smooth: strength, above 0; 1 weighs bends as much as distance.</summary>
    public double? Value { get; init; }

    /// <summary>Cap: the smallest relativity left.</summary>
    public double? Minimum { get; init; }

    /// <summary>Cap: the largest relativity left.</summary>
    public double? Maximum { get; init; }

    public required string Author { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required string Reason { get; init; }

    /// <summary>Whether it is switched off: kept in the list, without effect.</summary>
    public required bool IsOff { get; init; }

    /// <summary>What it changed, in the order of the cells; empty where it is off or had nothing to change.</summary>
    public required IReadOnlyList<RatingChange> Changes { get; init; }
}
