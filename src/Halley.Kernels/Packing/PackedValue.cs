using System.Runtime.CompilerServices;

namespace Halley.Kernels;

/// <summary>A signed sum, an unsigned sum and a count in 64 bits, so that one integer add does all three.</summary>
/// <remarks>
/// <code>
/// bit  63            39 38            15 14        0
///     [ first, signed ][ second, ≥ 0    ][ count    ]
/// </code>
/// A term's first part is in ±1023, its second in 0 … 1023 and its count 1, so <see cref="MaximumTerms"/> terms overflow
/// no field: 2¹⁴·1023 &lt; 2²⁴.
/// </remarks>
static class PackedValue
{
    /// <summary>Terms that a cell may hold before it must be unpacked.</summary>
    internal const int MaximumTerms = 1 << 14;

    /// <summary>Largest |first| and largest second part of a term.</summary>
    internal const int Largest = 1023;

    internal const int FirstShift = 39;
    internal const int SecondShift = 15;
    const long SecondMask = (1L << (FirstShift - SecondShift)) - 1;
    const long CountMask = (1L << SecondShift) - 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long Of(int first, int second) => ((long)first << FirstShift) + ((long)second << SecondShift) + 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long First(long packed) => packed >> FirstShift;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long Second(long packed) => packed >> SecondShift & SecondMask;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long Count(long packed) => packed & CountMask;
}
