using System.Text.Json.Serialization;

namespace Halley.Registry;

/// <summary>A wish to give a release a place in an environment.</summary>
public sealed record PromotionDraft
{
    public required string Environment { get; init; }

    public required VersionId Release { get; init; }

    /// <summary>Default: champion.</summary>
    public ReleaseRole Role { get; init; } = ReleaseRole.Champion;

    /// <summary>Share of the units of a challenger, in (0, 1); not used for other places.</summary>
    public double Share { get; init; }

    /// <summary>First effective date for which a champion answers; null for from now on.</summary>
    public DateOnly? Effective { get; init; }

    /// <summary>The only transaction that a champion answers; null for every one.</summary>
    public Transaction? Transaction { get; init; }

    /// <summary>Whether the champion before goes on answering requests that name its schema.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool KeepSchema { get; init; }

    public required Actor By { get; init; }

    public required string Why { get; init; }

    [JsonIgnore]
    internal bool IsScheduled => Effective is not null || Transaction is not null;
}
