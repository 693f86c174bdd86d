namespace Halley.Registry;

/// <summary>How an output follows fields that are moved while all else stays.</summary>
public sealed record MonotoneEvidence : GateEvidence
{
    public required IReadOnlyList<MonotoneLine> Lines { get; init; }
}
