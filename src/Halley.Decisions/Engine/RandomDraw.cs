using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Halley.Decisions;

/// <summary>A number in [0, 1) that a unit's id and a salt decide, the same on every machine.</summary>
static class RandomDraw
{
    const int OnStack = 512;

    /// <summary>The first 53 bits of SHA-256 over salt, line feed and id, as a fraction; NaN for a missing id.</summary>
    public static double Of(string salt, string? unitId)
    {
        if (unitId is null)
            return double.NaN;
        var size = Encoding.UTF8.GetMaxByteCount(salt.Length) + 1 + Encoding.UTF8.GetMaxByteCount(unitId.Length);
        var rented = size <= OnStack ? null : ArrayPool<byte>.Shared.Rent(size);
        var bytes = rented is null ? stackalloc byte[OnStack] : rented;
        var length = Encoding.UTF8.GetBytes(salt, bytes);
        bytes[length++] = (byte)'\n';
        length += Encoding.UTF8.GetBytes(unitId, bytes[length..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..length], hash);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) * (1.0 / (1UL << 53));
    }
}
