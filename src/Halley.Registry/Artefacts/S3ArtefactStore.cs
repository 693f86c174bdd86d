using Halley.Data;

namespace Halley.Registry;

/// <summary>Artefacts as objects of an S3 bucket: <c>prefix/ab/ab12…</c>, named after the hash of their content.</summary>
/// <remarks>S3 answers a put only once the object is durable. Any number of processes may write the same object at once.</remarks>
public sealed class S3ArtefactStore : IArtefactStore, IDisposable
{
    readonly S3Place place;
    readonly S3Client client;
    readonly HttpClient http;

    /// <param name="variable">Reads an environment variable: credentials come from there.</param>
    /// <param name="handler">For tests; null for the network.</param>
    public S3ArtefactStore(S3Place place, TimeProvider time, Func<string, string?> variable, HttpMessageHandler? handler = null)
    {
        this.place = place;
        http = new(handler ?? new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5) });
        client = new(place, new(http, time, variable), http, time);
    }

    public async Task<ContentHash> PutAsync(ReadOnlyMemory<byte> content, CancellationToken cancellation = default)
    {
        var hash = ContentHash.Of(content.Span);
        var key = KeyOf(hash);
        if (await client.PutAsync(key, content, replace: false, cancellation).ConfigureAwait(false))
            return hash;
        // A damaged object of that name is replaced: the bytes at hand are the right ones by definition.
        var kept = await client.GetAsync(key, cancellation).ConfigureAwait(false);
        if (kept is null || ContentHash.Of(kept) != hash)
            await client.PutAsync(key, content, replace: true, cancellation).ConfigureAwait(false);
        return hash;
    }

    public async Task<byte[]> GetAsync(ContentHash hash, CancellationToken cancellation = default)
    {
        var content =
            await client.GetAsync(KeyOf(hash), cancellation).ConfigureAwait(false)
            ?? throw new HalleyException(
                "HLY5102",
                $"artefact {hash.Short} is missing: there is no object '{place}{KeyOf(hash)}'. Restore it from a copy, or register the same bytes again.",
                FaultKind.CheckFailed
            );
        var actual = ContentHash.Of(content);
        return actual == hash
            ? content
            : throw new HalleyException(
                "HLY5103",
                $"artefact {hash.Short} was modified: the content of '{place}{KeyOf(hash)}' has the hash {actual.Short}. Restore it from a copy, or register the original bytes again.",
                FaultKind.CheckFailed
            );
    }

    public Task<bool> ContainsAsync(ContentHash hash, CancellationToken cancellation = default) =>
        client.ExistsAsync(KeyOf(hash), cancellation);

    public void Dispose() => http.Dispose();

    static string KeyOf(ContentHash hash) => $"{hash.Hex[..2]}/{hash.Hex}";
}
