namespace Halley.Registry;

/// <summary>How far a portfolio lies from the data that the models learned from.</summary>
public sealed record DriftEvidence : GateEvidence
{
    public required IReadOnlyList<DriftLine> Lines { get; init; }
}
