namespace Halley.Registry;

/// <summary>How often a release answered as a shadow.</summary>
public sealed record ShadowEvidence : GateEvidence
{
    public required long Decisions { get; init; }

    /// <summary>Those that gave no answer.</summary>
    public required long Errors { get; init; }
}
