using System.Numerics;

namespace Halley.Kernels;

/// <summary>A sequential generator, the same numbers on every machine for one seed. A mutable struct: pass it by <c>ref</c>.</summary>
/// <remarks>xoshiro256** seeded by SplitMix64. Source: Blackman and Vigna (2021), ACM TOMS 47(4), 36. Not for secrets.</remarks>
public partial struct DeterministicRandom
{
    ulong _s0;
    ulong _s1;
    ulong _s2;
    ulong _s3;

    /// <summary>A generator for <paramref name="seed"/>; seeds that differ in one bit give unrelated sequences.</summary>
    public DeterministicRandom(ulong seed)
    {
        _s0 = SplitMix64.Mix(seed + SplitMix64.Step);
        _s1 = SplitMix64.Mix(unchecked(seed + 2 * SplitMix64.Step));
        _s2 = SplitMix64.Mix(unchecked(seed + 3 * SplitMix64.Step));
        _s3 = SplitMix64.Mix(unchecked(seed + 4 * SplitMix64.Step));
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        // The default struct has state zero, which would give zeros for ever.
        if ((_s0 | _s1 | _s2 | _s3) == 0)
            this = new DeterministicRandom(0);
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Uniform in the open interval (0, 1).</summary>
    public double NextDouble() => SplitMix64.ToOpenUnit(NextBits());

    /// <summary>Uniform integer in 0 … max − 1, exactly fair.</summary>
    /// <remarks>Source: Lemire (2019), ACM TOMACS 29(1), 3.</remarks>
    public int NextInt(int max)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(max);
        var bound = (ulong)max;
        var high = Math.BigMul(NextBits(), bound, out ulong low);
        if (low < bound)
            for (var reject = (0 - bound) % bound; low < reject; )
                high = Math.BigMul(NextBits(), bound, out low);
        return (int)high;
    }

    /// <summary>Puts the items in a uniformly random order (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = NextInt(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }
}
