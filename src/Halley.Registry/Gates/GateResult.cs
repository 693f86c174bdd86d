namespace Halley.Registry;

/// <summary>What a gate found.</summary>
public sealed record GateResult
{
    public required string Gate { get; init; }

    public required bool Passed { get; init; }

    /// <summary>The figure found, where the gate has one.</summary>
    public double? Figure { get; init; }

    /// <summary>What the figure is held against.</summary>
    public double? Limit { get; init; }

    /// <summary>The finding in one sentence.</summary>
    public required string Sentence { get; init; }

    /// <summary>What would help; null where the gate passed.</summary>
    public string? Remedy { get; init; }
}
