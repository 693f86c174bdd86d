using System.Security.Cryptography;
using Halley.Data;

namespace Halley.Registry;

/// <summary>Keys that encrypt personal parts of the log: the first encrypts, all of them decrypt.</summary>
/// <remarks>
/// AES-256-GCM with a nonce of its own for each record and the record's id as associated data, so that no part can be moved to another record:
/// <code>1 (1 byte) | first bytes of the key's SHA-256 (4) | nonce (12) | tag (16) | encrypted JSON</code>
/// A part that begins with <c>{</c> was written without encryption.
/// </remarks>
public sealed class PersonalKeys
{
    const byte Format = 1;
    const int IdBytes = 4;
    const int NonceBytes = 12;
    const int TagBytes = 16;
    const int HeadBytes = 1 + IdBytes + NonceBytes + TagBytes;
    const int KeyBytes = 32;

    readonly IReadOnlyList<(byte[] Id, byte[] Key)> keys;

    PersonalKeys(IReadOnlyList<byte[]> keys) => this.keys = [.. keys.Select(key => (SHA256.HashData(key)[..IdBytes], key))];

    /// <summary>Keys as text: each 32 bytes in Base64, or the path of a file that holds that; several separated by commas, the newest first.</summary>
    /// <exception cref="HalleyException">HLY5407: one of them is no key.</exception>
    public static PersonalKeys Parse(string text) =>
        new([.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Key)]);

    internal LogEntry Seal(LogEntry entry)
    {
        if (entry.Personal is not { } personal || entry.Salt is not { } salt)
            return entry;
        var (id, key) = keys[0];
        var sealedPart = new byte[HeadBytes + personal.Length];
        sealedPart[0] = Format;
        id.CopyTo(sealedPart, 1);
        var nonce = sealedPart.AsSpan(1 + IdBytes, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(
            nonce,
            personal,
            sealedPart.AsSpan(HeadBytes),
            sealedPart.AsSpan(HeadBytes - TagBytes, TagBytes),
            entry.Id.ToByteArray(bigEndian: true)
        );
        return entry with { Personal = sealedPart, Commitment = Chain.Commit(salt, sealedPart) };
    }

    /// <exception cref="HalleyException">HLY5408: the key is not among these, or the part was changed.</exception>
    internal LogEntry Open(LogEntry entry)
    {
        if (entry.Personal is not { } part || part.Length < HeadBytes || part[0] != Format)
            return entry;
        var key = keys.FirstOrDefault(one => part.AsSpan(1, IdBytes).SequenceEqual(one.Id)).Key;
        if (key is null)
            throw NotOpened(
                entry,
                $"its key begins with {Convert.ToHexStringLower(part.AsSpan(1, IdBytes))} by hash and is not given"
            );
        var personal = new byte[part.Length - HeadBytes];
        try
        {
            using var aes = new AesGcm(key, TagBytes);
            aes.Decrypt(
                part.AsSpan(1 + IdBytes, NonceBytes),
                part.AsSpan(HeadBytes),
                part.AsSpan(HeadBytes - TagBytes, TagBytes),
                personal,
                entry.Id.ToByteArray(bigEndian: true)
            );
        }
        catch (AuthenticationTagMismatchException)
        {
            throw NotOpened(entry, "it is not what was logged");
        }
        return entry with { Personal = personal };
    }

    /// <summary>Whether a personal part is encrypted.</summary>
    internal static bool IsSealed(ReadOnlySpan<byte> personal) => personal.Length >= HeadBytes && personal[0] == Format;

    internal static HalleyException NotOpened(LogEntry entry, string why) =>
        new(
            "HLY5408",
            $"the personal part of record {entry.Id} can't be read: {why}. Give every key that is still in use in HALLEY_DATA_KEY, the newest first.",
            FaultKind.Environment
        );

    static byte[] Key(string text)
    {
        var content = File.Exists(text) ? File.ReadAllText(text).Trim() : text;
        var key = new byte[KeyBytes];
        return Convert.TryFromBase64String(content, key, out var written) && written == KeyBytes
            ? key
            : throw new HalleyException(
                "HLY5407",
                "HALLEY_DATA_KEY holds no key: give 32 bytes in Base64 ('openssl rand -base64 32'), or the path of a file that holds them."
            );
    }
}
