namespace Halley.Registry;

/// <summary>An alarm as it is told to people: once for each release and subject.</summary>
public sealed record MonitorAlert
{
    /// <summary>The same for the same alarm, whoever raises it: a receiver that gets it twice knows it.</summary>
    public required string Id { get; init; }

    public required string Environment { get; init; }

    /// <summary>The release, or the model whose review is overdue.</summary>
    public required string Subject { get; init; }

    public required MonitorAlarmKind Kind { get; init; }

    /// <summary>In words and numbers, with no person in it.</summary>
    public required string Sentence { get; init; }

    /// <summary>The verdict on the release in words; null for a review.</summary>
    public string? Verdict { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Address that it is sent to; null for none.</summary>
    public string? Webhook { get; init; }

    /// <summary>Whether it rests on generated data.</summary>
    public bool Simulated { get; init; }
}
