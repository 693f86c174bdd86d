using System.Runtime.CompilerServices;

namespace Halley.Kernels;

/// <summary>ln x, within 1 ulp, on any number of lanes.</summary>
/// <remarks>
/// x = 2ᵏ·(1 + f) with √½ ≤ 1 + f &lt; √2; ln(1 + f) = f − f²/2 + s·(f²/2 + s²·P(s²)) with s = f/(2 + f).
/// Source of the form: Tang (1990), ACM TOMS 16(4), 378–400. P is a minimax fit of (2·atanh(s) − 2s)/s³ by Remez exchange,
/// error below 2⁻⁶⁵. Negative gives NaN, zero −∞, +∞ itself.
/// </remarks>
readonly struct LogFunction : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x)
        where T : struct, ILanes<T>
    {
        var (k, m) = Split(x);
        var f = m - T.Create(1);
        var s = f / (T.Create(2) + f);
        var halfSquare = T.Create(0.5) * f * f;
        var correction = s * (halfSquare + Series(s * s)) + k * T.Create(Ln2.Low);
        var log = k * T.Create(Ln2.High) - (halfSquare - correction - f);

        log = T.WhereEqual(x, T.Create(double.PositiveInfinity), x, log);
        log = T.WhereEqual(x, T.Create(0), T.Create(double.NegativeInfinity), log);
        log = T.WhereLess(x, T.Create(0), T.Create(double.NaN), log);
        return T.WhereEqual(x, x, log, x);
    }

    /// <summary>Exponent k and mantissa m of positive x = 2ᵏ·m, √½ ≤ m &lt; √2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (T Exponent, T Mantissa) Split<T>(T x)
        where T : struct, ILanes<T>
    {
        const long halfRootBits = 0x3fe6a09e00000000;
        const long oneBits = 0x3ff0000000000000;
        const double twoTo52 = 4503599627370496.0;
        var smallestNormal = T.Create(2.2250738585072014e-308);
        var bias = T.WhereLess(x, smallestNormal, T.Create(twoTo52 + 1023 + 54), T.Create(twoTo52 + 1023));
        var normal = T.WhereLess(x, smallestNormal, x * T.Create(18014398509481984.0), x);

        // Moves √½ to the start of a binade, so the exponent field counts from there; 2⁵² holds the count as an integer.
        var moved = T.AddBits(normal, oneBits - halfRootBits);
        var exponent = T.OrBits(T.ShiftRightBits(moved, 52), BitConverter.DoubleToInt64Bits(twoTo52)) - bias;
        var mantissa = T.AddBits(T.AndBits(moved, 0x000fffffffffffff), halfRootBits);
        return (exponent, mantissa);
    }

    /// <summary>z·P(z) = (2·atanh(s) − 2s)/s for z = s².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Series<T>(T z)
        where T : struct, ILanes<T>
    {
        var z2 = z * z;
        var z4 = z2 * z2;
        var p0 = T.Create(0.6666666666666666) + T.Create(0.4000000000000367) * z;
        var p2 = T.Create(0.2857142856975796) + T.Create(0.22222222561234573) * z;
        var p4 = T.Create(0.18181781599985325) + T.Create(0.1538686164990715) * z;
        var p6 = T.Create(0.13254744555157222) + T.Create(0.13213228595267354) * z;
        return z * (p0 + p2 * z2 + (p4 + p6 * z2) * z4);
    }
}
