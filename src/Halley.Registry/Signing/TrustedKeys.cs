namespace Halley.Registry;

/// <summary>The public keys whose signatures are believed. Immutable.</summary>
public sealed class TrustedKeys
{
    readonly Dictionary<string, PublicKey> keys;

    public TrustedKeys(IEnumerable<PublicKey> keys) => this.keys = keys.DistinctBy(key => key.Id).ToDictionary(key => key.Id);

    public IReadOnlyCollection<string> Ids => keys.Keys;

    /// <summary>Every <c>*.pub.pem</c> of a folder, so that a replaced key's old signatures stay provable.</summary>
    public static TrustedKeys FromFolder(string folder) =>
        new(
            Directory
                .EnumerateFiles(folder, "*.pub.pem")
                .Order(StringComparer.Ordinal)
                .Select(path => PublicKey.FromPem(File.ReadAllText(path), path))
        );

    /// <summary>These keys and one more.</summary>
    public TrustedKeys With(PublicKey key) => new([.. keys.Values, key]);

    /// <summary>What is wrong with a signature, or null where it is good.</summary>
    public string? Problem(string keyId, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (!keys.TryGetValue(keyId, out var key))
            return $"it is signed with the key {keyId}, which is not among the trusted ones ({string.Join(", ", keys.Keys)})";
        return key.Verify(message, signature) ? null : $"its signature with the key {keyId} does not fit its content";
    }
}
