namespace Halley.Registry;

/// <summary>What changes for callers against the champion.</summary>
public sealed record SchemaEvidence : GateEvidence
{
    /// <summary>False where the environment has no champion, and so no callers.</summary>
    public required bool HasChampion { get; init; }

    /// <summary>Names the champion's schema; null without a champion.</summary>
    public string? Before { get; init; }

    /// <summary>Names the release's schema.</summary>
    public required string After { get; init; }

    /// <summary>Differences that refuse or mislead present callers, a sentence each without a full stop.</summary>
    public required IReadOnlyList<string> Breaking { get; init; }

    /// <summary>Differences that no present caller need care for.</summary>
    public required IReadOnlyList<string> Harmless { get; init; }

    /// <summary>Whether requests that name the champion's schema go on being answered by it.</summary>
    public bool IsKept { get; init; }
}
