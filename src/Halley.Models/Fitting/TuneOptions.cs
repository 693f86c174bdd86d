namespace Halley.Models;

/// <summary>How settings of a boosted model are looked for.</summary>
public sealed record TuneOptions
{
    /// <summary>Settings tried at most, the spec's own among them. Range 1 to 10,000. Default 40.</summary>
    public int Trials { get; init; } = 40;

    /// <summary>Parts by which held-out deviance is measured. Range 2 to 100. Default 5.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Rounds of a trial at most. Range 1 to 100,000. Default 3,000.</summary>
    public int MaximumRounds { get; init; } = 3_000;

    /// <summary>The model that the spec's <see cref="ModelSpec.OffsetModel"/> names; null where it names none.</summary>
    public FittedModel? OffsetModel { get; init; }

    /// <summary>Told what a reader of the held-out figures has to know; null for nobody.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>Threads; 0 for all processors. Changes no result. Default 0.</summary>
    public int Threads { get; init; }
}
