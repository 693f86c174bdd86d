namespace Halley.Models;

/// <summary>How to fit; nothing here changes a number of the model.</summary>
public sealed record FitOptions
{
    /// <summary>Threads to use; 0 for all processors. Default 0.</summary>
    public int Threads { get; init; }

    /// <summary>What the lineage says of the code; null for <see cref="Models.CodeVersion.Current"/>. For reproducing an older run.</summary>
    public string? CodeVersion { get; init; }
}
