namespace Halley.Models;

/// <summary>What a caller knows of a run; the ledger adds id, time, changes and code version.</summary>
public sealed record RunEntry
{
    public required RunKind Kind { get; init; }

    public required string Model { get; init; }

    /// <summary>Id of the run that this one started from; null for the latest of the same model.</summary>
    public string? Parent { get; init; }

    public ModelSpec? Spec { get; init; }

    /// <summary>The model's inputs.</summary>
    public Schema? Inputs { get; init; }

    public string? Data { get; init; }

    public string? DataFingerprint { get; init; }

    public IReadOnlyList<PartMetrics> Metrics { get; init; } = [];

    public required TimeSpan Elapsed { get; init; }

    public required string ArtefactHash { get; init; }

    public string? ArtefactPath { get; init; }

    public string? Note { get; init; }

    /// <summary>Whether the data were read batch by batch.</summary>
    public bool Streamed { get; init; }

    /// <summary>The entry of a model that was fitted here.</summary>
    /// <param name="artefact">Its identity, as <see cref="Artefact.Write"/> gave it.</param>
    public static RunEntry Of(RunKind kind, FittedModel model, ContentHash artefact, TimeSpan elapsed) =>
        new()
        {
            Kind = kind,
            Model = model.Name,
            Spec = model.Spec,
            Inputs = model.Inputs,
            DataFingerprint = model.Lineage.DataFingerprint,
            Metrics = model.Metrics,
            Elapsed = elapsed,
            ArtefactHash = artefact.Hex,
        };
}
