namespace Halley.Registry;

/// <summary>Supplies evidence for some kinds of gate: the decision's tests, an evaluation, the decision log.</summary>
public interface IEvidenceProvider
{
    /// <summary>Evidence for the gate, or null where this provider has none for it.</summary>
    Task<GateEvidence?> GatherAsync(Gate gate, GateSubject subject, CancellationToken cancellation);
}
