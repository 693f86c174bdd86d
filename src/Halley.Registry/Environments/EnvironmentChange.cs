namespace Halley.Registry;

/// <summary>One change of one decision in one environment, with the whole state after it. Never changes and is never removed.</summary>
public sealed record EnvironmentChange
{
    public required string Environment { get; init; }

    public required string Decision { get; init; }

    /// <summary>1, 2, 3, … for this decision in this environment.</summary>
    public required long Revision { get; init; }

    public required ChangeKind Kind { get; init; }

    /// <summary>The release that the change is about.</summary>
    public required VersionId Release { get; init; }

    /// <summary>The place it took; null where it left one.</summary>
    public ReleaseRole? Role { get; init; }

    public required Actor By { get; init; }

    /// <summary>Never before the change before it, also where the clock was set back.</summary>
    public required DateTimeOffset At { get; init; }

    public required string Why { get; init; }

    /// <summary>The request whose gates and approvals allowed the change; null where none are needed.</summary>
    public string? Request { get; init; }

    /// <summary>The state from this change on.</summary>
    public required LiveArms Arms { get; init; }

    /// <summary>Waivers without which the gates would have stopped it; null for none.</summary>
    public IReadOnlyList<string>? Waivers { get; init; }

    /// <summary>What it did to a canary; null for nothing.</summary>
    public CanaryMark? Canary { get; init; }
}
