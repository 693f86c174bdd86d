using Halley.Data;

namespace Halley.Registry;

/// <summary>Judges a release by gates. The same gates run on a laptop, in the server and in CI.</summary>
public sealed class GateEvaluator
{
    readonly IReadOnlyList<IEvidenceProvider> providers;

    /// <summary>Told gate by gate how far the judgement has come. Default: nobody.</summary>
    public IProgress<FitProgress>? Progress { get; init; }

    /// <param name="providers">Asked in order; the first that has evidence for a gate supplies it.</param>
    public GateEvaluator(params IReadOnlyList<IEvidenceProvider> providers) => this.providers = providers;

    /// <summary>Gathers evidence for every gate that guards the place, and judges each; a failed gate does not stop the others.</summary>
    public async Task<GateReport> EvaluateAsync(GateSet gates, GateSubject subject, CancellationToken cancellation = default)
    {
        var results = new List<GateResult>();
        var evidence = new List<GateEvidence>();
        IReadOnlyList<Gate> guards = [.. gates.For(subject.Role)];
        foreach (var (place, gate) in guards.Index())
        {
            var part = Progress.Part(place / (double)guards.Count, (place + 1.0) / guards.Count);
            part?.Report(new($"gate {gate.Name}", 0));
            var found = await GatherAsync(gate, subject, part, cancellation).ConfigureAwait(false);
            if (found is not null)
                evidence.Add(found);
            results.Add(gate.Judge(found));
        }
        return new(results, evidence);
    }

    async Task<GateEvidence?> GatherAsync(
        Gate gate,
        GateSubject subject,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        foreach (var provider in providers)
        {
            if (await provider.GatherAsync(gate, subject, progress, cancellation).ConfigureAwait(false) is { } found)
                return found;
        }
        return null;
    }
}
