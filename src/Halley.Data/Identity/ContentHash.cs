using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Halley.Data;

/// <summary>SHA-256 of some bytes: the identity of an artefact, a spec, a definition, a release.</summary>
[JsonConverter(typeof(ContentHashConverter))]
public readonly record struct ContentHash
{
    public const int ByteCount = SHA256.HashSizeInBytes;

    readonly string? hex;

    ContentHash(string hex) => this.hex = hex;

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public string Hex => hex ?? throw new InvalidOperationException("this hash was never computed.");

    /// <summary>The first 12 digits, enough for a person to tell hashes apart.</summary>
    public string Short => Hex[..12];

    public static ContentHash Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[ByteCount];
        SHA256.HashData(content, hash);
        return FromBytes(hash);
    }

    /// <exception cref="HalleyException">HLY5101: not 64 lower-case hexadecimal digits.</exception>
    public static ContentHash Parse(string text) =>
        text.Length == 2 * ByteCount && text.All(char.IsAsciiHexDigitLower)
            ? new(text)
            : throw new HalleyException("HLY5101", $"'{text}' is not a SHA-256 hash: 64 digits of 0-9 and a-f are expected.");

    /// <summary>Wraps the bytes of a hash.</summary>
    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public static ContentHash FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == ByteCount
            ? new(Convert.ToHexStringLower(bytes))
            : throw new ArgumentException($"{bytes.Length} bytes are no SHA-256 hash.", nameof(bytes));

    public byte[] ToBytes() => Convert.FromHexString(Hex);

    public override string ToString() => Hex;
}
