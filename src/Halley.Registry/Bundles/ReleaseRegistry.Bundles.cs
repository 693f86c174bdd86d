namespace Halley.Registry;

public sealed partial class ReleaseRegistry
{
    /// <summary>Takes in a release of another store: proves its signature and artefacts, registers its models here, and signs it here.</summary>
    /// <remarks>
    /// Numbers are this store's own; the release as it was signed there is kept with it as its origin, and every check of the release
    /// from then on proves both. The same release again gives the one it has.
    /// </remarks>
    /// <param name="place">What the file is called, for messages.</param>
    /// <exception cref="Data.HalleyException">HLY5130: the file is not to be believed; HLY5109: nobody is named.</exception>
    public async Task<(Release Release, bool Added)> ImportAsync(
        Stream stream,
        string place,
        Actor by,
        CancellationToken cancellation = default
    )
    {
        by.Check();
        var (origin, blobs) = await ReleaseBundle.ReadAsync(stream, place, trusted, cancellation).ConfigureAwait(false);
        RegistryName.Check(origin.Decision, "a decision");
        var models = new List<PinnedModel>();
        foreach (var pinned in origin.Models)
        {
            var note = $"imported with {origin.Id}, there {pinned.Version}";
            var (version, _) = await RegisterModelAsync(pinned.Version.Name, blobs[pinned.Hash], by, note, cancellation)
                .ConfigureAwait(false);
            models.Add(pinned with { Version = version.Id });
        }
        foreach (var table in origin.Tables)
            await artefacts.PutAsync(blobs[table.Hash], cancellation).ConfigureAwait(false);
        await artefacts.PutAsync(blobs[origin.Definition], cancellation).ConfigureAwait(false);
        var hash = ReleaseContent.Hash(origin.Decision, origin.Definition, models, origin.Tables);
        Release Make(VersionId id)
        {
            var release = new Release
            {
                Id = id,
                Definition = origin.Definition,
                Models = models,
                Tables = origin.Tables,
                Hash = hash,
                // Its maker stays who made it: an approval must be by another person.
                By = origin.By,
                At = time.GetUtcNow(),
                Note = origin.Note,
                KeyId = key.Public.Id,
                Origin = new(origin),
                ImportedBy = by,
            };
            return release with { Signature = key.Sign(ReleaseContent.Signed(release)) };
        }
        return await store.AddReleaseAsync(origin.Decision, hash, Make, cancellation).ConfigureAwait(false);
    }
}
