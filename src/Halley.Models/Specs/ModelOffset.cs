namespace Halley.Models;

/// <summary>A model that another one stands on: its score is added when fitting and when predicting.</summary>
public sealed record ModelOffset
{
    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>SHA-256 of its artefact, as the fit found it; null before the fit.</summary>
    public string? Hash { get; init; }

    /// <summary>What it reads; empty before the fit.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];
}
