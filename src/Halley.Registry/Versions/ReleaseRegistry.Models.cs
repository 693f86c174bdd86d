using Halley.Data;

namespace Halley.Registry;

public sealed partial class ReleaseRegistry
{
    /// <summary>Registers an artefact as the next version of a model. The same bytes under the same name give the version they have.</summary>
    /// <returns>The version, and whether it is new.</returns>
    /// <exception cref="HalleyException">HLY5108, HLY5109: a bad name; HLY5001 to HLY5006: the store.</exception>
    public async Task<(ModelVersion Version, bool Added)> RegisterModelAsync(
        string name,
        ReadOnlyMemory<byte> artefact,
        Actor by,
        string note = "",
        CancellationToken cancellation = default
    )
    {
        RegistryName.Check(name, "a model");
        by.Check();
        // The bytes first: a crash between the two leaves bytes that nobody names, never a name without bytes.
        var hash = await artefacts.PutAsync(artefact, cancellation).ConfigureAwait(false);
        ModelVersion Make(VersionId id) =>
            new()
            {
                Id = id,
                Hash = hash,
                SizeBytes = artefact.Length,
                By = by,
                At = time.GetUtcNow(),
                Note = note,
            };
        return await store.AddModelAsync(name, hash, Make, cancellation).ConfigureAwait(false);
    }

    /// <summary>All versions of a model, or of all models, by name and number.</summary>
    public Task<IReadOnlyList<ModelVersion>> ModelsAsync(string? name = null, CancellationToken cancellation = default) =>
        store.ModelsAsync(name, cancellation);

    /// <summary>The artefact of a model version, checked against its hash.</summary>
    /// <exception cref="HalleyException">HLY5102: missing; HLY5103: modified.</exception>
    public Task<byte[]> ArtefactAsync(ContentHash hash, CancellationToken cancellation = default) =>
        artefacts.GetAsync(hash, cancellation);

    /// <summary>Puts an alias on a version; it moves from where it stood. Releases made before keep what they pinned.</summary>
    /// <exception cref="HalleyException">HLY5108: a bad alias; HLY5110: no such version; HLY5204: no reason.</exception>
    public async Task SetAliasAsync(
        VersionId version,
        string alias,
        Actor by,
        string why,
        CancellationToken cancellation = default
    )
    {
        RegistryName.Check(alias, "an alias");
        if (alias.All(char.IsAsciiDigit))
            throw new HalleyException("HLY5108", $"'{alias}' cannot name an alias: a number means a version. Use a word.");
        CheckReason(why, "setting an alias");
        await FindModelAsync(version.ToString(), version, cancellation).ConfigureAwait(false);
        await store.AddAliasAsync(new(alias, version, by.Check(), time.GetUtcNow(), why), cancellation).ConfigureAwait(false);
    }

    /// <summary>Every change of a model's aliases, oldest first.</summary>
    public Task<IReadOnlyList<AliasChange>> AliasesAsync(string name, CancellationToken cancellation = default) =>
        store.AliasesAsync(name, cancellation);

    /// <summary>The version that <c>name@3</c> or <c>name@alias</c> means now.</summary>
    /// <exception cref="HalleyException">HLY5110: no such version; HLY5111: no such alias; HLY5112: neither form.</exception>
    public async Task<ModelVersion> ResolveAsync(string reference, CancellationToken cancellation = default)
    {
        if (VersionId.TryParse(reference, out var version))
            return await FindModelAsync(reference, version, cancellation).ConfigureAwait(false);
        if (reference.Split('@') is not [var name, var alias] || name.Length == 0 || alias.Length == 0)
            throw RegistryErrors.NoReference(reference);
        var changes = await store.AliasesAsync(name, cancellation).ConfigureAwait(false);
        var last = changes.LastOrDefault(change => change.Alias == alias);
        if (last is not null)
            return await FindModelAsync(reference, last.Version, cancellation).ConfigureAwait(false);
        var versions = await store.ModelsAsync(name, cancellation).ConfigureAwait(false);
        throw versions.Count == 0
            ? RegistryErrors.NoModel(reference, versions)
            : RegistryErrors.NoAlias(name, alias, changes.Select(change => change.Alias));
    }

    async Task<ModelVersion> FindModelAsync(string reference, VersionId id, CancellationToken cancellation)
    {
        var versions = await store.ModelsAsync(id.Name, cancellation).ConfigureAwait(false);
        return versions.FirstOrDefault(version => version.Id == id) ?? throw RegistryErrors.NoModel(reference, versions);
    }

    static void CheckReason(string why, string what)
    {
        if (string.IsNullOrWhiteSpace(why))
            throw RegistryErrors.NoReason(what);
    }
}
