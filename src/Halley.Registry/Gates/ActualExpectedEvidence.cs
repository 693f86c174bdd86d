namespace Halley.Registry;

/// <summary>Actual over expected by segment.</summary>
public sealed record ActualExpectedEvidence : GateEvidence
{
    public required IReadOnlyList<ActualExpectedSegment> Segments { get; init; }
}
