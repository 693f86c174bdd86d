using Halley.Data;

namespace Halley.Registry;

/// <summary>Immutable bytes found by their own hash: models, decision definitions, tables.</summary>
public interface IArtefactStore
{
    /// <summary>Keeps the bytes; returns once they would survive a power cut. The same bytes again change nothing.</summary>
    /// <exception cref="HalleyException">HLY5001: they could not be written.</exception>
    Task<ContentHash> PutAsync(ReadOnlyMemory<byte> content, CancellationToken cancellation = default);

    /// <summary>The bytes of that hash, checked against it.</summary>
    /// <exception cref="HalleyException">HLY5102: missing; HLY5103: modified since it was kept.</exception>
    Task<byte[]> GetAsync(ContentHash hash, CancellationToken cancellation = default);

    /// <summary>Whether bytes are kept under that hash; does not read them.</summary>
    Task<bool> ContainsAsync(ContentHash hash, CancellationToken cancellation = default);
}
