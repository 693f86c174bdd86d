using Halley.Data;

namespace Halley.Registry;

/// <summary>A registered model: a name, a number, and the hash of its one artefact. Never changes and is never removed.</summary>
public sealed record ModelVersion
{
    /// <summary>For example <c>claim-count@3</c>.</summary>
    public required VersionId Id { get; init; }

    /// <summary>SHA-256 of the artefact's bytes: the version's identity.</summary>
    public required ContentHash Hash { get; init; }

    public required long SizeBytes { get; init; }

    public required Actor By { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>What the one who registered it wants known.</summary>
    public string Note { get; init; } = "";
}
