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

    public required Actor By { get; init; }

    public required string Why { get; init; }
}
