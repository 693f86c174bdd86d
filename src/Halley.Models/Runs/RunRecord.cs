namespace Halley.Models;

/// <summary>One line of the run ledger: what was fitted, from what, and what came out.</summary>
public sealed record RunRecord
{
    /// <summary>Name of the run in this ledger: <c>r1</c>, <c>r2</c>, …</summary>
    public required string Id { get; init; }

    public required RunKind Kind { get; init; }

    /// <summary>When the run ended, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    public required string Model { get; init; }

    /// <summary>The run it started from; by default the latest one of the same model, null for the first.</summary>
    public string? Parent { get; init; }

    /// <summary>Null for an imported model.</summary>
    public ModelSpec? Spec { get; init; }

    /// <summary>The model's inputs, with the units and ranges that the project declared for them; null for an imported model.</summary>
    public Schema? Inputs { get; init; }

    public string? SpecHash { get; init; }

    /// <summary>How the spec differs from the parent's.</summary>
    public IReadOnlyList<SpecChange> Changes { get; init; } = [];

    /// <summary>Where the data came from, as the user named it.</summary>
    public string? Data { get; init; }

    /// <summary>SHA-256 of the columns that took part; null for an imported model.</summary>
    public string? DataFingerprint { get; init; }

    public IReadOnlyList<PartMetrics> Metrics { get; init; } = [];

    /// <summary>Wall time of the run.</summary>
    public required double Seconds { get; init; }

    public required string ArtefactHash { get; init; }

    /// <summary>Where the artefact was written, relative to the project's folder.</summary>
    public string? ArtefactPath { get; init; }

    public required string CodeVersion { get; init; }

    public string? Note { get; init; }

    /// <summary>True where the data were read batch by batch, null where they were in memory; the artefact is the same.</summary>
    public bool? Streamed { get; init; }
}
