namespace Halley.Registry;

/// <summary>The rules of versions, releases and environments, over a store of records and a store of artefacts.</summary>
/// <remarks>
/// Safe to use from any thread. Everything it adds is durable when the call returns; nothing is ever changed or removed,
/// so that every question about the past has an answer.
/// </remarks>
public sealed partial class ReleaseRegistry
{
    readonly IRegistryStore store;
    readonly IArtefactStore artefacts;
    readonly SigningKey key;
    readonly TrustedKeys trusted;
    readonly TimeProvider time;

    /// <param name="key">Signs new releases.</param>
    /// <param name="trusted">Keys whose releases are believed; the signing key's own public half is always among them.</param>
    public ReleaseRegistry(
        IRegistryStore store,
        IArtefactStore artefacts,
        SigningKey key,
        TrustedKeys trusted,
        TimeProvider time
    ) =>
        (this.store, this.artefacts, this.key, this.trusted, this.time) = (store, artefacts, key, trusted.With(key.Public), time);
}
