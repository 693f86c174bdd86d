namespace Halley.Models;

/// <summary>Which runs to list; null members let every run through.</summary>
public sealed record RunFilter
{
    public string? Model { get; init; }

    public RunKind? Kind { get; init; }

    /// <summary>First moment, inclusive.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Last moment, exclusive.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Text that the note must contain, in any case.</summary>
    public string? NoteContains { get; init; }

    /// <summary>Start of the artefact's, the spec's or the data's SHA-256.</summary>
    public string? Hash { get; init; }

    internal bool Allows(RunRecord run) =>
        (Model is null || run.Model == Model)
        && (Kind is null || run.Kind == Kind)
        && (From is null || run.Time >= From)
        && (Until is null || run.Time < Until)
        && (NoteContains is null || (run.Note?.Contains(NoteContains, StringComparison.OrdinalIgnoreCase) ?? false))
        && (
            Hash is null
            || StartsWithHash(run.ArtefactHash)
            || StartsWithHash(run.SpecHash)
            || StartsWithHash(run.DataFingerprint)
        );

    bool StartsWithHash(string? hash) => hash is not null && hash.StartsWith(Hash!, StringComparison.OrdinalIgnoreCase);
}
