using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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

    /// <summary>First, second, count and 0 as doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<double> ToLanes(long packed)
    {
        if (!Avx2.IsSupported)
            return Vector256.Create(First(packed), Second(packed), Count(packed), 0.0);
        // The sign bit turned makes the first field unsigned, 2²⁴ too large. A field in the mantissa of 2⁵² is 2⁵² plus the field.
        var fields =
            Avx2.ShiftRightLogicalVariable(
                Vector256.Create(packed ^ long.MinValue).AsUInt64(),
                Vector256.Create((ulong)FirstShift, SecondShift, 0, 0)
            ) & Vector256.Create((1UL << 25) - 1, SecondMask, CountMask, 0);
        return (fields | Vector256.Create(0x4330000000000000UL)).AsDouble()
            - Vector256.Create(4503599627370496.0 + (1 << 24), 4503599627370496.0, 4503599627370496.0, 4503599627370496.0);
    }

    /// <summary>What <see cref="ToLanes(long)"/> takes apart.</summary>
    /// <param name="lanes">Whole numbers: first, second, count and 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long OfLanes(Vector256<double> lanes) =>
        ((long)lanes.GetElement(0) << FirstShift) + ((long)lanes.GetElement(1) << SecondShift) + (long)lanes.GetElement(2);

    /// <summary>First, second and count of eight values, each by a scale.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (Vector512<double> First, Vector512<double> Second, Vector512<double> Count) ToDoubles(
        Vector512<long> packed,
        double firstScale,
        double secondScale
    )
    {
        // As in ToLanes.
        var bits = packed.AsUInt64();
        var whole = Vector512.Create(0x4330000000000000UL);
        var first =
            (((bits ^ Vector512.Create(1UL << 63)) >> FirstShift) | whole).AsDouble()
            - Vector512.Create(4503599627370496.0 + (1 << 24));
        var second =
            (((bits >> SecondShift) & Vector512.Create((ulong)SecondMask)) | whole).AsDouble()
            - Vector512.Create(4503599627370496.0);
        var count = ((bits & Vector512.Create((ulong)CountMask)) | whole).AsDouble() - Vector512.Create(4503599627370496.0);
        return (first * firstScale, second * secondScale, count);
    }
}
