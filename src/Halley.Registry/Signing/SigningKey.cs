using System.Security.Cryptography;
using Halley.Data;

namespace Halley.Registry;

/// <summary>An ECDSA P-256 key that signs releases and the heads of the decision log. Safe to share between threads.</summary>
public sealed class SigningKey : IDisposable
{
    readonly ECDsa key;
    readonly Lock gate = new();

    SigningKey(ECDsa key)
    {
        this.key = key;
        Public = PublicKey.FromDer(key.ExportSubjectPublicKeyInfo());
    }

    /// <summary>The half that verifies.</summary>
    public PublicKey Public { get; }

    /// <summary>A new key, held in memory only.</summary>
    public static SigningKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>A key from PEM text (PKCS #8 or SEC 1), for example out of an environment variable.</summary>
    /// <exception cref="HalleyException">HLY5105: no EC private key on the curve P-256.</exception>
    public static SigningKey FromPem(string pem, string place)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            if (key.KeySize == 256)
                return new(key);
        }
        catch (Exception inner) when (inner is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw NoKey(place, inner);
        }
        key.Dispose();
        throw NoKey(place, null);
    }

    /// <summary>The key of a file that must be there.</summary>
    /// <exception cref="HalleyException">HLY5105: there is no such file, or it holds no key.</exception>
    public static SigningKey Load(string path)
    {
        try
        {
            return FromPem(File.ReadAllText(path), path);
        }
        catch (Exception inner) when (inner is IOException or UnauthorizedAccessException)
        {
            throw NoKey(path, inner);
        }
    }

    /// <summary>The key of a file, made on first use; only the file's owner can read it. The public half is written beside it.</summary>
    public static SigningKey LoadOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            DurableFile.CreateFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using var created = Create();
            // Two processes may come here at once: the first one's file stays and both use it.
            DurableFile.TryCreateSecret(path, System.Text.Encoding.ASCII.GetBytes(created.key.ExportPkcs8PrivateKeyPem()));
        }
        var key = FromPem(File.ReadAllText(path), path);
        var publicPath = Path.ChangeExtension(path, ".pub.pem");
        if (!File.Exists(publicPath))
            DurableFile.Write(publicPath, System.Text.Encoding.ASCII.GetBytes(key.Public.ToPem()));
        return key;
    }

    /// <summary>64 bytes: r and s, each 32 bytes, big end first.</summary>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        lock (gate)
            return key.SignData(message, HashAlgorithmName.SHA256);
    }

    public void Dispose() => key.Dispose();

    static HalleyException NoKey(string place, Exception? inner) =>
        new(
            "HLY5105",
            $"{place} holds no EC private key on the curve P-256 in PEM form. Make one with 'openssl ecparam -name prime256v1 -genkey -noout'.",
            FaultKind.BadInput,
            inner
        );
}
