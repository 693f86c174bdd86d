using System.Collections.Concurrent;
using Halley.Data;
using Halley.Decisions;
using Halley.Models;

namespace Halley.Registry;

/// <summary>Compiles releases: definition and models from the artefact store into one plan. Each is compiled once. Safe to share between threads.</summary>
public sealed class ReleaseLoader(ReleaseRegistry registry, IArtefactStore artefacts)
{
    readonly ConcurrentDictionary<VersionId, Lazy<Task<LoadedRelease>>> loaded = new();

    /// <summary>The release of that id, proved sound and compiled.</summary>
    /// <exception cref="HalleyException">HLY5113: no such release; HLY5114: not sound; HLY31xx: an artefact; HLY4001: the definition.</exception>
    public async Task<LoadedRelease> LoadAsync(VersionId id, CancellationToken cancellation = default)
    {
        var entry = loaded.GetOrAdd(id, static (key, self) => new(() => self.ReadAsync(key)), this);
        try
        {
            return await entry.Value.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch when (entry.Value.IsFaulted)
        {
            // A fault of the disk must not be remembered: the next call tries again.
            loaded.TryRemove(new(id, entry));
            throw;
        }
    }

    async Task<LoadedRelease> ReadAsync(VersionId id)
    {
        var release = await registry.SoundReleaseAsync(id).ConfigureAwait(false);
        var definition = DecisionJson.Read(await artefacts.GetAsync(release.Definition).ConfigureAwait(false), $"release '{id}'");
        var models = new Dictionary<string, FittedModel>(StringComparer.Ordinal);
        foreach (var pinned in release.Models)
            models[pinned.Reference] = Artefact.Read(await artefacts.GetAsync(pinned.Hash).ConfigureAwait(false));
        var tables = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var pinned in release.Tables)
            tables[pinned.Name] = await artefacts.GetAsync(pinned.Hash).ConfigureAwait(false);
        return new(release, definition, DecisionPlan.Compile(definition, models.GetValueOrDefault), models, tables);
    }
}
