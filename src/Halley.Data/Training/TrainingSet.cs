namespace Halley.Data;

/// <summary>What a trainer fits: rows, and the role of each column that takes part.</summary>
public sealed record TrainingSet
{
    /// <summary>Rows to fit on.</summary>
    public required Table Learn { get; init; }

    /// <summary>Rows that decide when to stop, never fitted on; null for none. Same columns as <see cref="Learn"/>.</summary>
    public Table? Validation { get; init; }

    /// <summary>Row of the data that a learn row is, both from 0, for messages; null where the learn rows are the data.</summary>
    public Func<int, int>? PlaceOf { get; init; }

    /// <summary>Columns used as features: number, category, boolean or date.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    public required string Target { get; init; }

    /// <summary>Exposure column, or null.</summary>
    public string? Exposure { get; init; }

    public ExposureUse ExposureUse { get; init; } = ExposureUse.Offset;

    /// <summary>Case weight column, or null for 1.</summary>
    public string? Weight { get; init; }

    /// <summary>Column on the link scale that is added to the score, or null.</summary>
    public string? Offset { get; init; }
}
