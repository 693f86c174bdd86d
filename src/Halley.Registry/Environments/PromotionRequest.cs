using Halley.Data;

namespace Halley.Registry;

/// <summary>A wish to promote with the gates as they stood, the evidence and the findings. Never changes.</summary>
public sealed record PromotionRequest
{
    /// <summary>A UUID of version 7.</summary>
    public required string Id { get; init; }

    public required PromotionDraft Draft { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Hash of the release.</summary>
    public required ContentHash ReleaseHash { get; init; }

    /// <summary>The gates as they stood.</summary>
    public required GateSet Gates { get; init; }

    /// <summary>Findings and evidence.</summary>
    public required GateReport Report { get; init; }

    /// <summary>Revision of the decision in the environment on which the evidence rests; 0 before its first change.</summary>
    public required long BaseRevision { get; init; }

    /// <summary>What an approval is bound to.</summary>
    public required ContentHash Subject { get; init; }
}
