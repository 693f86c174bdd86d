using Halley.Data;
using Halley.Decisions;

namespace Halley.Registry;

public sealed partial class ReleaseRegistry
{
    /// <summary>Makes a release: resolves every alias, pins every artefact by its hash, and signs. The same content gives the release it has.</summary>
    /// <returns>The release, and whether it is new.</returns>
    /// <exception cref="HalleyException">HLY5108 to HLY5112: a bad name, or a model that is not registered; HLY5001 to HLY5006: the store.</exception>
    public async Task<(Release Release, bool Added)> ReleaseAsync(ReleaseDraft draft, CancellationToken cancellation = default)
    {
        RegistryName.Check(draft.Decision, "a decision");
        draft.By.Check();

        // 1. Pin the models: what an alias means now, it means in this release for ever.
        var models = new List<PinnedModel>();
        foreach (var reference in draft.Models.Distinct().Order(StringComparer.Ordinal))
        {
            var model = await ResolveAsync(reference, cancellation).ConfigureAwait(false);
            models.Add(new(reference, model.Id, model.Hash));
        }

        // 2. Keep the definition and the tables.
        var tables = new List<PinnedTable>();
        foreach (var (name, content) in draft.Tables.OrderBy(table => table.Key, StringComparer.Ordinal))
            tables.Add(new(name, await artefacts.PutAsync(content, cancellation).ConfigureAwait(false)));
        var definition = await artefacts.PutAsync(draft.Definition, cancellation).ConfigureAwait(false);

        // 3. Number, sign and record it, in one transaction.
        var hash = ReleaseContent.Hash(draft.Decision, definition, models, tables);
        Release Make(VersionId id)
        {
            var release = new Release
            {
                Id = id,
                Definition = definition,
                Models = models,
                Tables = tables,
                Hash = hash,
                By = draft.By,
                At = time.GetUtcNow(),
                Note = draft.Note,
                KeyId = key.Public.Id,
            };
            return release with { Signature = key.Sign(ReleaseContent.Signed(release)) };
        }
        return await store.AddReleaseAsync(draft.Decision, hash, Make, cancellation).ConfigureAwait(false);
    }

    /// <summary>All releases of a decision, or of all decisions, by name and number.</summary>
    public Task<IReadOnlyList<Release>> ReleasesAsync(string? decision = null, CancellationToken cancellation = default) =>
        store.ReleasesAsync(decision, cancellation);

    /// <exception cref="HalleyException">HLY5113: there is no such release.</exception>
    public async Task<Release> FindReleaseAsync(VersionId id, CancellationToken cancellation = default) =>
        await store.FindReleaseAsync(id, cancellation).ConfigureAwait(false)
        ?? throw RegistryErrors.NoRelease(id, await store.ReleasesAsync(id.Name, cancellation).ConfigureAwait(false));

    /// <summary>What a release decides by, from the artefact store.</summary>
    /// <exception cref="HalleyException">HLY5102, HLY5103: missing or modified; HLY4002: it is no definition.</exception>
    public async Task<DecisionDefinition> DefinitionAsync(Release release, CancellationToken cancellation = default) =>
        DecisionJson.Read(
            await artefacts.GetAsync(release.Definition, cancellation).ConfigureAwait(false),
            $"release '{release.Id}'"
        );

    /// <summary>Reads every pinned artefact and proves hashes and signature; finds all problems, not only the first.</summary>
    /// <exception cref="HalleyException">HLY5113: there is no such release.</exception>
    public async Task<ReleaseCheck> VerifyReleaseAsync(VersionId id, CancellationToken cancellation = default)
    {
        var release = await FindReleaseAsync(id, cancellation).ConfigureAwait(false);
        var problems = new List<string>();
        var actual = ReleaseContent.Hash(release);
        if (release.Id != id)
            problems.Add($"its record says {release.Id}");
        if (actual != release.Hash)
            problems.Add($"its content has the hash {actual.Short}, its record says {release.Hash.Short}");
        if (trusted.Problem(release.KeyId, ReleaseContent.Signed(release), release.Signature) is { } problem)
            problems.Add(problem);
        if (release.Origin is { } origin)
            problems.AddRange(origin.Problems(release, trusted));
        var pinned = release
            .Models.Select(model => (Name: $"model {model.Version}", model.Hash))
            .Concat(release.Tables.Select(table => (Name: $"table '{table.Name}'", table.Hash)))
            .Prepend((Name: "the definition", Hash: release.Definition))
            .ToList();
        foreach (var (name, hash) in pinned)
        {
            try
            {
                await artefacts.GetAsync(hash, cancellation).ConfigureAwait(false);
            }
            catch (HalleyException fault) when (fault.Kind == FaultKind.CheckFailed)
            {
                problems.Add($"{name}: {fault.Message}");
            }
        }
        return new(id, pinned.Count, problems);
    }

    /// <summary>A release that was proved sound.</summary>
    /// <exception cref="HalleyException">HLY5113: there is no such release; HLY5114: it is not sound.</exception>
    public async Task<Release> SoundReleaseAsync(VersionId id, CancellationToken cancellation = default)
    {
        var check = await VerifyReleaseAsync(id, cancellation).ConfigureAwait(false);
        return check.IsSound
            ? await FindReleaseAsync(id, cancellation).ConfigureAwait(false)
            : throw RegistryErrors.NotSound(check);
    }
}
