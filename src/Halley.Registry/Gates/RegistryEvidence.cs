using Halley.Data;

namespace Halley.Registry;

/// <summary>Evidence for <see cref="ArtefactGate"/>: hashes and signature, and what a caller's own check of each model says.</summary>
public sealed class RegistryEvidence : IEvidenceProvider
{
    readonly ReleaseRegistry registry;
    readonly Func<PinnedModel, byte[], string?>? check;

    /// <param name="check">
    /// Loads a model and scores its check rows; null or what is wrong, as a sentence without a full stop. Null where only
    /// the bytes are to be proved.
    /// </param>
    public RegistryEvidence(ReleaseRegistry registry, Func<PinnedModel, byte[], string?>? check = null) =>
        (this.registry, this.check) = (registry, check);

    public async Task<GateEvidence?> GatherAsync(
        Gate gate,
        GateSubject subject,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        if (gate is not ArtefactGate)
            return null;
        var found = await registry.VerifyReleaseAsync(subject.Release.Id, cancellation).ConfigureAwait(false);
        var problems = found.Problems.ToList();
        if (problems.Count == 0 && check is not null)
        {
            foreach (var model in subject.Release.Models)
            {
                var artefact = await registry.ArtefactAsync(model.Hash, cancellation).ConfigureAwait(false);
                if (check(model, artefact) is { } problem)
                    problems.Add($"model {model.Version}: {problem}");
            }
        }
        return new ArtefactEvidence
        {
            Gate = gate.Name,
            Source = $"release {subject.Release.Id}, hash {subject.Release.Hash.Short}",
            Checked = found.Artefacts,
            Problems = problems,
        };
    }
}
