namespace Halley.Kernels;

/// <summary>The SplitMix64 finaliser and what is built on it.</summary>
static class SplitMix64
{
    /// <summary>2⁶⁴ divided by the golden ratio, odd: the Weyl step.</summary>
    internal const ulong Step = 0x9e3779b97f4a7c15;

    /// <summary>A bijection of 64 bits in which every input bit changes about half of the output bits.</summary>
    internal static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    /// <summary>(k + ½)·2⁻⁵² with k the upper 52 bits: never 0, never 1.</summary>
    internal static double ToOpenUnit(ulong bits) => ((bits >> 12) + 0.5) * (1.0 / 4503599627370496.0);
}
