namespace Halley.Registry;

/// <summary>How a release treats the levels of attributes that it must not know.</summary>
public sealed record ProtectedEvidence : GateEvidence
{
    public required IReadOnlyList<ProtectedAttribute> Attributes { get; init; }
}
