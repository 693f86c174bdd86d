using Halley.Data;
using Halley.Registry;

namespace Halley.S3;

public sealed class FolderArtefactStoreTests : ArtefactStoreContract, IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("halley-artefacts-").FullName;

    private protected override Task<IArtefactStore> OpenAsync() =>
        Task.FromResult<IArtefactStore>(new FolderArtefactStore(folder));

    private protected override void Tamper(ContentHash hash, byte[]? content)
    {
        var path = Path.Combine(folder, hash.Hex[..2], hash.Hex);
        if (content is null)
            File.Delete(path);
        else
            File.WriteAllBytes(path, content);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
