using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Halley.Boosting;

/// <summary>CatBoost's hash of a category's text: the low 32 bits of CityHash64, version 1.0, of its UTF-8 bytes.</summary>
/// <remarks>Source: Pike and Alakuijala, CityHash 1.0 (2011), the version with four constants.</remarks>
static class CategoryHash
{
    const ulong K0 = 0xc3a5c85c97cb3127;
    const ulong K1 = 0xb492b66fbe98f273;
    const ulong K2 = 0x9ae16a3b2f90404f;
    const ulong K3 = 0xc949d7c7509e6557;
    const ulong Multiplier = 0x9ddfea08eb382d69;

    internal static int Of(string text) => unchecked((int)(uint)Hash64(Encoding.UTF8.GetBytes(text)));

    internal static ulong Hash64(ReadOnlySpan<byte> s) =>
        s.Length switch
        {
            <= 16 => UpTo16(s),
            <= 32 => UpTo32(s),
            <= 64 => UpTo64(s),
            _ => Longer(s),
        };

    static ulong At(ReadOnlySpan<byte> s, int i) => BinaryPrimitives.ReadUInt64LittleEndian(s[i..]);

    static ulong At32(ReadOnlySpan<byte> s, int i) => BinaryPrimitives.ReadUInt32LittleEndian(s[i..]);

    static ulong Right(ulong x, int by) => BitOperations.RotateRight(x, by);

    static ulong Mix(ulong x) => x ^ x >> 47;

    static ulong Pair(ulong u, ulong v)
    {
        var a = Mix((u ^ v) * Multiplier);
        var b = Mix((v ^ a) * Multiplier);
        return b * Multiplier;
    }

    static ulong UpTo16(ReadOnlySpan<byte> s)
    {
        var length = (ulong)s.Length;
        if (length > 8)
        {
            var (a, b) = (At(s, 0), At(s, s.Length - 8));
            return Pair(a, Right(b + length, s.Length)) ^ b;
        }
        if (length >= 4)
            return Pair(length + (At32(s, 0) << 3), At32(s, s.Length - 4));
        if (length == 0)
            return K2;
        var y = (uint)s[0] + ((uint)s[s.Length >> 1] << 8);
        var z = (uint)s.Length + ((uint)s[^1] << 2);
        return Mix(y * K2 ^ z * K3) * K2;
    }

    static ulong UpTo32(ReadOnlySpan<byte> s)
    {
        var a = At(s, 0) * K1;
        var b = At(s, 8);
        var c = At(s, s.Length - 8) * K2;
        var d = At(s, s.Length - 16) * K0;
        return Pair(Right(a - b, 43) + Right(c, 30) + d, a + Right(b ^ K3, 20) - c + (ulong)s.Length);
    }

    static ulong UpTo64(ReadOnlySpan<byte> s)
    {
        var length = (ulong)s.Length;
        var z = At(s, 24);
        var a = At(s, 0) + (length + At(s, s.Length - 16)) * K0;
        var b = Right(a + z, 52);
        var c = Right(a, 37);
        a += At(s, 8);
        c += Right(a, 7);
        a += At(s, 16);
        var (vf, vs) = (a + z, b + Right(a, 31) + c);
        a = At(s, 16) + At(s, s.Length - 32);
        z = At(s, s.Length - 8);
        b = Right(a + z, 52);
        c = Right(a, 37);
        a += At(s, s.Length - 24);
        c += Right(a, 7);
        a += At(s, s.Length - 16);
        var (wf, ws) = (a + z, b + Right(a, 31) + c);
        var r = Mix((vf + ws) * K2 + (wf + vs) * K0);
        return Mix(r * K0 + vs) * K2;
    }

    static (ulong First, ulong Second) Weak(ReadOnlySpan<byte> s, int i, ulong a, ulong b)
    {
        var (w, x, y, z) = (At(s, i), At(s, i + 8), At(s, i + 16), At(s, i + 24));
        a += w;
        b = Right(b + a + z, 21);
        var c = a;
        a += x + y;
        b += Right(a, 44);
        return (a + z, b + c);
    }

    static ulong Longer(ReadOnlySpan<byte> s)
    {
        var length = (ulong)s.Length;
        var x = At(s, 0);
        var y = At(s, s.Length - 16) ^ K1;
        var z = At(s, s.Length - 56) ^ K0;
        var v = Weak(s, s.Length - 64, length, y);
        var w = Weak(s, s.Length - 32, length * K1, K0);
        z += Mix(v.Second) * K1;
        x = Right(z + x, 39) * K1;
        y = Right(y, 33) * K1;
        for (var i = 0; i < ((s.Length - 1) & ~63); i += 64)
        {
            x = Right(x + y + v.First + At(s, i + 16), 37) * K1;
            y = Right(y + v.Second + At(s, i + 48), 42) * K1;
            x ^= w.Second;
            y ^= v.First;
            z = Right(z ^ w.First, 33);
            v = Weak(s, i, v.Second * K1, x + w.First);
            w = Weak(s, i + 32, z + w.Second, y);
            (z, x) = (x, z);
        }
        return Pair(Pair(v.First, w.First) + Mix(y) * K1 + z, Pair(v.Second, w.Second) + x);
    }
}
