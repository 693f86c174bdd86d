namespace Halley.Kernels;

/// <summary>Random numbers as a pure function of seed, stream and index: any thread may draw any of them in any order.</summary>
/// <remarks>
/// Two rounds of the SplitMix64 finaliser over a key of seed and stream and a Weyl step per index. Source of finaliser and
/// step: Steele, Lea and Flood (2014), OOPSLA, 453–472. Not for secrets.
/// </remarks>
public static class CounterRandom
{
    /// <summary>64 random bits.</summary>
    public static ulong Bits(ulong seed, ulong stream, ulong index)
    {
        var key = SplitMix64.Mix(SplitMix64.Mix(seed + SplitMix64.Step) ^ (stream * SplitMix64.Step));
        return SplitMix64.Mix(SplitMix64.Mix(key + index * SplitMix64.Step));
    }

    /// <summary>Uniform in the open interval (0, 1), on a grid of 2⁵² midpoints.</summary>
    public static double Uniform(ulong seed, ulong stream, ulong index) => SplitMix64.ToOpenUnit(Bits(seed, stream, index));

    /// <summary>Standard normal, by the inverse of its distribution function.</summary>
    public static double Normal(ulong seed, ulong stream, ulong index) => StandardNormal.Quantile(Uniform(seed, stream, index));

    /// <summary>Exponential with mean 1.</summary>
    public static double Exponential(ulong seed, ulong stream, ulong index) => -VectorMath.Log(Uniform(seed, stream, index));

    /// <summary>Uniform integer in 0 … bound − 1, exactly fair up to 2⁻⁶⁴·bound.</summary>
    public static int Integer(ulong seed, ulong stream, ulong index, int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        return (int)Math.BigMul(Bits(seed, stream, index), (ulong)bound, out _);
    }

    /// <summary>A sequential generator of its own for one stream, for draws whose number is not known beforehand.</summary>
    public static DeterministicRandom Generator(ulong seed, ulong stream) => new(Bits(seed, stream, ulong.MaxValue));
}
