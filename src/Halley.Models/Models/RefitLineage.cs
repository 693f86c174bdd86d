namespace Halley.Models;

/// <summary>Where a model with refitted leaves has its structure from.</summary>
public sealed record RefitLineage
{
    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>SHA-256 of its artefact.</summary>
    public required string Hash { get; init; }

    /// <summary>The data that it was fitted on.</summary>
    public required string DataFingerprint { get; init; }

    /// <summary>Share of the old values in the new ones.</summary>
    public required double Decay { get; init; }
}
