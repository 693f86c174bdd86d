using Halley.Boosting;

namespace Halley.Models;

/// <summary>How to fit; nothing here changes a number of the model that the spec does not state.</summary>
public sealed record FitOptions
{
    /// <summary>Threads to use; 0 for all processors. Default 0.</summary>
    public int Threads { get; init; }

    /// <summary>The model that the spec's <see cref="ModelSpec.OffsetModel"/> names; null where it names none.</summary>
    public FittedModel? OffsetModel { get; init; }

    /// <summary>Where a fit of boosted trees writes down how far it has come, and goes on from; null for nowhere.</summary>
    public SnapshotOptions? Snapshots { get; init; }

    /// <summary>What the lineage says of the code; null for <see cref="Models.CodeVersion.Current"/>. For reproducing an older run.</summary>
    public string? CodeVersion { get; init; }
}
