namespace Halley.Registry;

/// <summary>Which logged decisions to decide again. Members left out do not restrict; tests and what-ifs are left out always.</summary>
public sealed record ReplayQuery
{
    public required string Environment { get; init; }

    public required string Decision { get; init; }

    /// <summary>From this time on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>At most so many decisions, the oldest first.</summary>
    public int? Limit { get; init; }

    internal LogQuery ToLogQuery() =>
        new()
        {
            Environment = Environment,
            Decision = Decision,
            From = From,
            To = To,
            Limit = Limit,
        };
}
