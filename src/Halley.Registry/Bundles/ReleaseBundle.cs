using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Halley.Data;

namespace Halley.Registry;

/// <summary>A signed release with all its artefacts in one file, to be carried to another store.</summary>
/// <remarks>
/// A ZIP file: <c>release.json</c>, the release as signed; <c>blobs/HASH</c>, its definition, models and files. The same release gives
/// the same bytes. A file from outside is not believed: names, sizes, hashes and the signature are checked before anything is kept.
/// </remarks>
public static class ReleaseBundle
{
    const string Manifest = "release.json";
    const string Blobs = "blobs/";
    const int MostEntries = 10_000;
    const long LargestManifest = 4 << 20;
    const long LargestBlob = 2L << 30;

    // ZIP keeps local times from 1980 on; a fixed one gives the same bytes each time.
    static readonly DateTimeOffset Moment = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes a sound release.</summary>
    /// <exception cref="HalleyException">HLY5113: no such release; HLY5114: it is not sound.</exception>
    public static async Task WriteAsync(
        ReleaseRegistry registry,
        VersionId id,
        Stream stream,
        CancellationToken cancellation = default
    )
    {
        var release = await registry.SoundReleaseAsync(id, cancellation).ConfigureAwait(false);
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        await AddAsync(zip, Manifest, JsonSerializer.SerializeToUtf8Bytes(release, RegistryJson.Default.Release), cancellation)
            .ConfigureAwait(false);
        foreach (var hash in Pinned(release).Distinct().OrderBy(hash => hash.Hex, StringComparer.Ordinal))
            await AddAsync(
                    zip,
                    Blobs + hash.Hex,
                    await registry.ArtefactAsync(hash, cancellation).ConfigureAwait(false),
                    cancellation
                )
                .ConfigureAwait(false);
    }

    /// <summary>Reads a file: the release with its artefacts, proved against their hashes and against a trusted signature.</summary>
    /// <exception cref="HalleyException">HLY5130: it is no such file, or not what was signed; all that is wrong is named.</exception>
    internal static async Task<(Release Release, IReadOnlyDictionary<ContentHash, byte[]> Blobs)> ReadAsync(
        Stream stream,
        string place,
        TrustedKeys trusted,
        CancellationToken cancellation
    )
    {
        try
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.Entries.Count > MostEntries)
                throw Bad(place, $"it has {zip.Entries.Count} entries, more than {MostEntries}");
            var manifest = zip.GetEntry(Manifest) ?? throw Bad(place, $"it holds no {Manifest}");
            var bytes = await ReadAsync(manifest, LargestManifest, place, cancellation).ConfigureAwait(false);
            var release =
                JsonSerializer.Deserialize(bytes, RegistryJson.Default.Release) ?? throw Bad(place, $"{Manifest} is null");
            // The signature first: nothing else of a stranger's file is worth reading.
            if (ReleaseContent.Hash(release) != release.Hash)
                throw Bad(place, $"{release.Id} has other content than its hash says");
            if (trusted.Problem(release.KeyId, ReleaseContent.Signed(release), release.Signature) is { } problem)
                throw Bad(
                    place,
                    $"{release.Id} is not to be believed: {problem}. Where you trust the sender, import with --trust KEY.pub.pem"
                );
            var blobs = new Dictionary<ContentHash, byte[]>();
            foreach (var hash in Pinned(release).Distinct())
            {
                var entry = zip.GetEntry(Blobs + hash.Hex) ?? throw Bad(place, $"artefact {hash.Short} is missing");
                var content = await ReadAsync(entry, LargestBlob, place, cancellation).ConfigureAwait(false);
                if (ContentHash.Of(content) != hash)
                    throw Bad(place, $"artefact {hash.Short} was modified");
                blobs[hash] = content;
            }
            return (release, blobs);
        }
        catch (Exception inner) when (inner is InvalidDataException or JsonException or NotSupportedException)
        {
            throw new HalleyException("HLY5130", Message(place, inner.Message.TrimEnd('.')), FaultKind.BadInput, inner);
        }
    }

    static IEnumerable<ContentHash> Pinned(Release release) =>
        release.Models.Select(model => model.Hash).Concat(release.Tables.Select(table => table.Hash)).Append(release.Definition);

    static async Task AddAsync(ZipArchive zip, string name, byte[] content, CancellationToken cancellation)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = Moment;
        await using var stream = await entry.OpenAsync(cancellation).ConfigureAwait(false);
        await stream.WriteAsync(content, cancellation).ConfigureAwait(false);
    }

    /// <summary>The content of an entry, whose stated length is not believed.</summary>
    static async Task<byte[]> ReadAsync(ZipArchiveEntry entry, long largest, string place, CancellationToken cancellation)
    {
        if (entry.Length > largest)
            throw Bad(
                place,
                string.Create(CultureInfo.InvariantCulture, $"'{entry.FullName}' has {entry.Length} bytes, more than {largest}")
            );
        await using var stream = await entry.OpenAsync(cancellation).ConfigureAwait(false);
        using var memory = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false) is > 0 and var read)
        {
            if (memory.Length + read > entry.Length)
                throw Bad(place, $"'{entry.FullName}' is longer than it says");
            memory.Write(buffer, 0, read);
        }
        return memory.ToArray();
    }

    static HalleyException Bad(string place, string what) => new("HLY5130", Message(place, what), FaultKind.CheckFailed);

    static string Message(string place, string what) => $"'{place}' cannot be imported: {what}. Nothing was changed.";
}
