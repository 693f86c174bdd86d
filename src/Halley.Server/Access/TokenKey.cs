using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Halley.Data;

namespace Halley.Server;

/// <summary>A public key that tokens are signed with: RSA of at least 2,048 bits (RS256), or the curve P-256 (ES256).</summary>
sealed class TokenKey
{
    const int SmallestRsa = 2_048;

    readonly RSAParameters? rsa;
    readonly ECParameters? curve;

    TokenKey(RSAParameters rsa) => (this.rsa, Algorithm) = (rsa, "RS256");

    TokenKey(ECParameters curve) => (this.curve, Algorithm) = (curve, "ES256");

    /// <summary>The one algorithm that the key is for.</summary>
    public string Algorithm { get; }

    public bool Verify(byte[] message, byte[] signature)
    {
        if (rsa is { } modulus)
        {
            using var key = RSA.Create(modulus);
            return key.VerifyData(message, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        using var ec = ECDsa.Create(curve!.Value);
        return ec.VerifyData(message, signature, HashAlgorithmName.SHA256);
    }

    /// <summary>The keys of a set by their id; those of other kinds are passed over.</summary>
    /// <exception cref="HalleyException">HLY6020: the file is no key set, or holds no key that can be used.</exception>
    public static Dictionary<string, TokenKey> ReadSet(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var found = new Dictionary<string, TokenKey>(StringComparer.Ordinal);
            foreach (var key in document.RootElement.GetProperty("keys").EnumerateArray())
            {
                if (Read(key) is { } known)
                    found[key.TryGetProperty("kid", out var id) ? id.GetString() ?? "" : ""] = known;
            }
            return found.Count > 0
                ? found
                : throw NoSet(path, "it holds no RSA key of 2,048 bits or more and no key on P-256", null);
        }
        catch (Exception inner)
            when (inner
                    is JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            throw NoSet(path, inner.Message.TrimEnd('.'), inner);
        }
    }

    static TokenKey? Read(JsonElement key)
    {
        // Keys for encryption sign nothing.
        if (key.TryGetProperty("use", out var use) && use.GetString() != "sig")
            return null;
        byte[] Part(string name) => Base64Url.DecodeFromChars(key.GetProperty(name).GetString());
        switch (key.GetProperty("kty").GetString())
        {
            case "RSA":
                var rsa = new RSAParameters { Modulus = Part("n"), Exponent = Part("e") };
                return 8 * rsa.Modulus.Length >= SmallestRsa ? new(rsa) : null;
            case "EC" when key.GetProperty("crv").GetString() == "P-256":
                return new(
                    new ECParameters
                    {
                        Curve = ECCurve.NamedCurves.nistP256,
                        Q = new() { X = Part("x"), Y = Part("y") },
                    }
                );
            default:
                return null;
        }
    }

    static HalleyException NoSet(string path, string why, Exception? inner) =>
        new(
            "HLY6020",
            $"'{path}' is no key set for tokens: {why}. Save what the issuer's jwks_uri gives.",
            FaultKind.BadInput,
            inner
        );
}
