using System.Security.Cryptography;
using Halley.Data;

namespace Halley.Registry;

/// <summary>The half of a signing key that anybody may have: proves who signed. Immutable.</summary>
public sealed class PublicKey
{
    readonly byte[] der;

    PublicKey(byte[] der)
    {
        this.der = der;
        Id = ContentHash.Of(der).Short;
    }

    /// <summary>First 12 digits of the key's own hash: names the key in releases and heads.</summary>
    public string Id { get; }

    /// <exception cref="HalleyException">HLY5106: no public key in PEM form.</exception>
    public static PublicKey FromPem(string pem, string place)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return new(key.ExportSubjectPublicKeyInfo());
        }
        catch (Exception inner) when (inner is CryptographicException or ArgumentException)
        {
            throw new HalleyException("HLY5106", $"{place} holds no EC public key in PEM form.", FaultKind.BadInput, inner);
        }
    }

    public string ToPem() => PemEncoding.WriteString("PUBLIC KEY", der);

    /// <summary>Whether the private half of this key signed exactly these bytes.</summary>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(der, out _);
        return key.VerifyData(message, signature, HashAlgorithmName.SHA256);
    }

    internal static PublicKey FromDer(byte[] der) => new(der);
}
