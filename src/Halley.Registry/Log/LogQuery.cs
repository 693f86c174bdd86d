namespace Halley.Registry;

/// <summary>Which records to read. Members left out do not restrict.</summary>
public sealed record LogQuery
{
    public IReadOnlyList<RecordKind> Kinds { get; init; } = [RecordKind.Decision];

    public string? Environment { get; init; }

    /// <summary>Why decisions were asked for. Default: live; tests and what-ifs are kept apart.</summary>
    public Purpose Purpose { get; init; }

    public string? Decision { get; init; }

    /// <summary>From this time on (to the millisecond, by the record's id).</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this time (to the millisecond, by the record's id).</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Newest first. Default: oldest first.</summary>
    public bool Descending { get; init; }

    /// <summary>At most so many records.</summary>
    public int? Limit { get; init; }
}
