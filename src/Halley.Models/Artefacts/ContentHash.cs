using System.Security.Cryptography;

namespace Halley.Models;

/// <summary>SHA-256 of some bytes: the identity of an artefact, a spec or a table.</summary>
/// <param name="Hex">64 lower-case hexadecimal digits.</param>
public readonly record struct ContentHash(string Hex)
{
    public const int ByteCount = SHA256.HashSizeInBytes;

    /// <summary>First 12 digits: enough for a list that people read.</summary>
    public string Short => Hex[..12];

    public static ContentHash Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[ByteCount];
        SHA256.HashData(content, hash);
        return FromBytes(hash);
    }

    /// <summary>Wraps the 32 bytes of a hash.</summary>
    public static ContentHash FromBytes(ReadOnlySpan<byte> hash) => new(Convert.ToHexStringLower(hash));

    public override string ToString() => Hex;
}
