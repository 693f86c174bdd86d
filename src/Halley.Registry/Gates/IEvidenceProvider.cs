using Halley.Data;

namespace Halley.Registry;

/// <summary>Supplies evidence for some kinds of gate: the decision's tests, an evaluation, the decision log.</summary>
public interface IEvidenceProvider
{
    /// <summary>Evidence for the gate, or null where this provider has none for it.</summary>
    /// <param name="progress">Told how far the gathering has come; null for nobody.</param>
    Task<GateEvidence?> GatherAsync(
        Gate gate,
        GateSubject subject,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    );
}
