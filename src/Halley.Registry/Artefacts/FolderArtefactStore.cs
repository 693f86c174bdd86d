using Halley.Data;

namespace Halley.Registry;

/// <summary>Artefacts as files in a folder: <c>ab/ab12…</c>, named after the hash of their content.</summary>
public sealed class FolderArtefactStore : IArtefactStore
{
    readonly string folder;

    public FolderArtefactStore(string folder)
    {
        this.folder = folder;
        DurableFile.CreateFolder(folder);
    }

    public async Task<ContentHash> PutAsync(ReadOnlyMemory<byte> content, CancellationToken cancellation = default)
    {
        var hash = ContentHash.Of(content.Span);
        var path = PathOf(hash);
        // A damaged file of that name is replaced: the bytes at hand are the right ones by definition.
        if (File.Exists(path) && ContentHash.Of(await ReadAsync(path, cancellation).ConfigureAwait(false)) == hash)
            return hash;
        DurableFile.CreateFolder(Path.GetDirectoryName(path)!);
        DurableFile.Write(path, content.Span);
        return hash;
    }

    public async Task<byte[]> GetAsync(ContentHash hash, CancellationToken cancellation = default)
    {
        var path = PathOf(hash);
        if (!File.Exists(path))
        {
            throw new HalleyException(
                "HLY5102",
                $"artefact {hash.Short} is missing: there is no file '{path}'. Restore it from a copy, or register the same bytes again.",
                FaultKind.CheckFailed
            );
        }
        var content = await ReadAsync(path, cancellation).ConfigureAwait(false);
        var actual = ContentHash.Of(content);
        if (actual == hash)
            return content;
        throw new HalleyException(
            "HLY5103",
            $"artefact {hash.Short} was modified: the content of '{path}' has the hash {actual.Short}. Restore it from a copy, or register the original bytes again.",
            FaultKind.CheckFailed
        );
    }

    public Task<bool> ContainsAsync(ContentHash hash, CancellationToken cancellation = default) =>
        Task.FromResult(File.Exists(PathOf(hash)));

    /// <summary>Where the bytes of that hash are kept.</summary>
    internal string PathOf(ContentHash hash) => Path.Combine(folder, hash.Hex[..2], hash.Hex);

    static async Task<byte[]> ReadAsync(string path, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellation).ConfigureAwait(false);
        }
        catch (Exception inner) when (inner is IOException or UnauthorizedAccessException)
        {
            throw new HalleyException(
                "HLY5104",
                $"'{path}' could not be read: {inner.Message}. Look at the disk and the file's rights.",
                FaultKind.Environment,
                inner
            );
        }
    }
}
