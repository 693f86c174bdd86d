using System.Security.Cryptography;

namespace Halley.Registry;

/// <summary>Random bytes that keep erased parts from being guessed, drawn for many records at a time.</summary>
/// <remarks>Bytes that were given out are overwritten, so that no copy of a salt outlives its erasure here.</remarks>
static class Salts
{
    const int Bytes = 32;
    const int AtOnce = 128;

    [ThreadStatic]
    static byte[]? drawn;

    [ThreadStatic]
    static int used;

    internal static byte[] Next()
    {
        drawn ??= new byte[AtOnce * Bytes];
        if (used % AtOnce == 0)
            RandomNumberGenerator.Fill(drawn);
        var own = drawn.AsSpan(used++ % AtOnce * Bytes, Bytes);
        var salt = own.ToArray();
        own.Clear();
        return salt;
    }
}
