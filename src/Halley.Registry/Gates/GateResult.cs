using System.Text.Json.Serialization;

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

    /// <summary>Where the finding holds, such as <c>region = North</c>; null for the whole.</summary>
    public string? Segment { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public GateSeverity Severity { get; init; }

    /// <summary>The waiver that lets a failure pass; null where there is none.</summary>
    public GateWaiver? Waiver { get; init; }

    /// <summary>Whether it stops the promotion: a failure that is not only a warning and that nobody waived.</summary>
    [JsonIgnore]
    public bool Blocks => !Passed && Severity == GateSeverity.Block && Waiver is null;
}
