namespace Halley.Registry;

/// <summary>A release that comes by steps. Never changes; how far it is stands in the environment's history.</summary>
public sealed record Canary
{
    /// <summary>A UUID of version 7.</summary>
    public required string Id { get; init; }

    public required VersionId Release { get; init; }

    /// <summary>The champion beside it; another champion ends it.</summary>
    public required VersionId Against { get; init; }

    public required CanaryPlan Plan { get; init; }

    /// <summary>The promotion request of its first step: gates and approvals are those of a challenger.</summary>
    public required string Request { get; init; }

    public required Actor By { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Why { get; init; }
}
