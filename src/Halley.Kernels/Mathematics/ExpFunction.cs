using System.Runtime.CompilerServices;

namespace Halley.Kernels;

/// <summary>e^x, within 1 ulp, on any number of lanes.</summary>
/// <remarks>
/// x = n·ln2 + r with |r| ≤ ln2/2, e^x = 2ⁿ·(1 + r + r²·q(r)), the 1 + r with its rounding error kept.
/// Reduction: Cody and Waite (1980), Software Manual for the Elementary Functions, ch. 6. The coefficients of q are a minimax
/// fit of (e^r − 1 − r)/r² by Remez exchange, error below 2⁻⁶⁴; products and sums are grouped after Estrin, not Horner, because
/// a single row waits for the chain.
/// </remarks>
readonly struct ExpFunction : ILaneFunction
{
    /// <summary>Above this e^x is infinite, below its negative counterpart it is zero, so clamping changes no result.</summary>
    const double Highest = 710;
    const double Lowest = -746;

    /// <summary>Adding 1.5·2⁵² leaves the nearest integer in the low bits of a double.</summary>
    const double RoundingShift = 6755399441055744.0;
    const double InverseLn2 = 1.4426950408889634;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x)
        where T : struct, ILanes<T> => Apply(x, T.Create(0));

    /// <summary>e^(x + low) for a <paramref name="low"/> far smaller than <paramref name="x"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Apply<T>(T x, T low)
        where T : struct, ILanes<T>
    {
        x = T.WhereLess(T.Create(Highest), x, T.Create(Highest), x);
        x = T.WhereLess(x, T.Create(Lowest), T.Create(Lowest), x);
        var shift = T.Create(RoundingShift);
        var n = x * T.Create(InverseLn2) + shift - shift;

        // n·Ln2High is exact: 41 bits times at most 11.
        var high = x - n * T.Create(Ln2.High);
        var rest = n * T.Create(Ln2.Low) - low;
        var r = high - rest;
        var rLow = high - r - rest;

        var one = T.Create(1);
        var sum = one + r;
        var sumLow = r - (sum - one);
        var power = sum + (sumLow + (rLow + Remainder(r)));

        // Two factors, so that neither over- nor underflows before the product does; the second one rounds subnormals once.
        var half = n * T.Create(0.5) + shift - shift;
        return power * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    /// <summary>e^r − 1 − r for |r| ≤ ln2/2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Remainder<T>(T r)
        where T : struct, ILanes<T>
    {
        var r2 = r * r;
        var r4 = r2 * r2;
        var r8 = r4 * r4;
        var q0 = T.Create(0.5) + T.Create(0.16666666666666682) * r;
        var q2 = T.Create(0.04166666666666673) + T.Create(0.008333333333316775) * r;
        var q4 = T.Create(0.001388888888885863) + T.Create(0.00019841269896983405) * r;
        var q6 = T.Create(2.4801587373430197e-05) + T.Create(2.755723430147791e-06) * r;
        var q8 = T.Create(2.755723359489484e-07) + T.Create(2.5112220054527866e-08) * r;
        var low = q0 + q2 * r2;
        var middle = q4 + q6 * r2;
        var high = q8 + T.Create(2.0926877134207972e-09) * r2;
        return r2 * (low + middle * r4 + high * r8);
    }

    /// <summary>2ⁿ for integers −1022 ≤ n ≤ 1023: n becomes the exponent field.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T PowerOfTwo<T>(T n)
        where T : struct, ILanes<T> => T.AddBits(T.ShiftLeftBits(n + T.Create(RoundingShift), 52), 1023L << 52);
}
