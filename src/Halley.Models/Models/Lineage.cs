namespace Halley.Models;

/// <summary>Where a model came from.</summary>
public sealed record Lineage
{
    /// <summary>SHA-256 of the spec's canonical JSON.</summary>
    public required string SpecHash { get; init; }

    /// <summary>SHA-256 of the columns that took part, as they were in the table before filter and split.</summary>
    public required string DataFingerprint { get; init; }

    /// <summary>Version of the code that fitted it.</summary>
    public required string CodeVersion { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>The model whose leaves were fitted to these data; null for a model that was fitted as a whole, and for older ones.</summary>
    public RefitLineage? Refit { get; init; }
}
