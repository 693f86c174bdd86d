using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Halley.Kernels;

/// <summary>Rounds pairs of doubles to packed integers, up or down at random so that the expected value is kept.</summary>
/// <remarks>
/// Which way a row goes depends on seed and row number alone. Two draws of 32 bits come from one 64-bit mix of the row; its
/// constants are those of the SplitMix64 finaliser. Source of the idea: Shi et al. (2022), NeurIPS 35, 18822–18833.
/// </remarks>
static class StochasticPacker
{
    /// <summary>1.5·2⁵²: adding it leaves the nearest integer in the low bits of a double.</summary>
    const double RoundingShift = 6755399441055744.0;

    /// <summary>packed[i] = (first[i]·firstScale, second[i]·secondScale, 1), for rows <paramref name="firstRow"/> + i.</summary>
    /// <param name="first">Shape (n), |first·firstScale| at most 1022.</param>
    /// <param name="second">Shape (n), 0 ≤ second·secondScale ≤ 1022.</param>
    /// <param name="packed">Shape (n).</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Pack(
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> second,
        double firstScale,
        double secondScale,
        ulong seed,
        int firstRow,
        Span<long> packed
    )
    {
        second = second[..first.Length];
        packed = packed[..first.Length];
        var row = Vector512.Create((ulong)firstRow) + Vector512.Create(0UL, 1, 2, 3, 4, 5, 6, 7);
        var i = 0;
        for (; i <= first.Length - 8; i += 8)
        {
            Pack(Vector512.Create(first[i..]), Vector512.Create(second[i..]), firstScale, secondScale, Mix(row, seed))
                .CopyTo(packed[i..]);
            row += Vector512.Create(8UL);
        }
        for (; i < first.Length; i++)
            packed[i] = Pack(
                Vector512.Create(first[i]),
                Vector512.Create(second[i]),
                firstScale,
                secondScale,
                Mix(Vector512.Create((ulong)(firstRow + i)), seed)
            )[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<long> Pack(
        Vector512<double> first,
        Vector512<double> second,
        double firstScale,
        double secondScale,
        Vector512<ulong> draws
    )
    {
        var high = Rounded(first * firstScale, draws >> 32);
        var low = Rounded(second * secondScale, draws & Vector512.Create(0xffffffffUL));
        return (high << PackedValue.FirstShift) + (low << PackedValue.SecondShift) + Vector512<long>.One;
    }

    /// <summary>The nearest integer of x + u − ½ for a draw u of 32 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<long> Rounded(Vector512<double> x, Vector512<ulong> draw)
    {
        // 2⁵² + draw has the draw as its mantissa.
        var uniform = (draw | Vector512.Create(0x4330000000000000UL)).AsDouble() - Vector512.Create(4503599627370496.0);
        var shifted = x + (uniform * (1.0 / 4294967296.0) - Vector512.Create(0.5)) + Vector512.Create(RoundingShift);
        return shifted.AsInt64() - Vector512.Create(BitConverter.DoubleToInt64Bits(RoundingShift));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<ulong> Mix(Vector512<ulong> row, ulong seed)
    {
        var z = row * SplitMix64.Step + Vector512.Create(seed);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}
