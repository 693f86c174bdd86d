using System.Text.Json.Serialization;

namespace Halley.Registry;

/// <summary>A failure of one gate that a person answers for, for a time. Never changes and is never removed.</summary>
public sealed record GateWaiver
{
    /// <summary>A UUID of version 7.</summary>
    public required string Id { get; init; }

    public required string Environment { get; init; }

    public required string Decision { get; init; }

    /// <summary>Name of the gate.</summary>
    public required string Gate { get; init; }

    /// <summary>The only release it is for; null for every release of the decision.</summary>
    public VersionId? Release { get; init; }

    public required Actor By { get; init; }

    /// <summary>The role in which the person answers for it.</summary>
    public required string Role { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Why { get; init; }

    /// <summary>The last moment at which it holds.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Whether it is for a gate's failure of a release at a time.</summary>
    public bool Covers(string gate, VersionId release, DateTimeOffset now) =>
        Gate == gate && Decision == release.Name && (Release is null || Release == release) && now <= Until;

    [JsonIgnore]
    internal string Day => Until.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
