using Halley.Data;
using Halley.Decisions;

namespace Halley.Registry;

/// <summary>Evidence for <see cref="SchemaGate"/>: the release's definition against the champion's.</summary>
public sealed class SchemaEvidenceProvider(ReleaseRegistry registry) : IEvidenceProvider
{
    public async Task<GateEvidence?> GatherAsync(
        Gate gate,
        GateSubject subject,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        if (gate is not SchemaGate)
            return null;
        var after = await registry.DefinitionAsync(subject.Release, cancellation).ConfigureAwait(false);
        if (subject.Arms.Champion is not { } champion)
            return Evidence(gate, subject, null, after);
        var live = await registry.FindReleaseAsync(champion, cancellation).ConfigureAwait(false);
        return Evidence(gate, subject, await registry.DefinitionAsync(live, cancellation).ConfigureAwait(false), after);
    }

    static SchemaEvidence Evidence(Gate gate, GateSubject subject, DecisionDefinition? before, DecisionDefinition after)
    {
        var changes = before is null ? [] : DecisionInterface.Changes(before, after);
        return new()
        {
            Gate = gate.Name,
            Source = before is null ? "" : $"{subject.Arms.Champion} and {subject.Release.Id}",
            HasChampion = before is not null,
            Before = before is null ? null : DecisionInterface.Version(before),
            After = DecisionInterface.Version(after),
            Breaking = [.. changes.Where(change => change.IsBreaking).Select(change => change.ToString())],
            Harmless = [.. changes.Where(change => !change.IsBreaking).Select(change => change.ToString())],
            // Only a new champion takes the old one's place; a challenger answers callers who do not choose.
            IsKept = subject.KeepsSchema && subject.Role == ReleaseRole.Champion,
        };
    }
}
