using Halley.Data;

namespace Halley.Registry.Tests;

/// <summary>Evidence that a test made up, for the gate of its name.</summary>
sealed class FixedEvidence(params GateEvidence[] evidence) : IEvidenceProvider
{
    public Task<GateEvidence?> GatherAsync(
        Gate gate,
        GateSubject subject,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    ) => Task.FromResult(evidence.FirstOrDefault(found => found.Gate == gate.Name));
}
