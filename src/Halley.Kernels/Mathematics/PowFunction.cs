namespace Halley.Kernels;

/// <summary>x^y = e^(y·ln x) with the logarithm and the product in double-double, so the error stays within 2 ulp.</summary>
/// <remarks>
/// ln x = k·ln2 + 2s + s³·(2/3 + s²·T(s²)), s = f/(2 + f), with the terms through s³ carried in two doubles; exact products
/// after Dekker (1971), Numer. Math. 18, 224–242. T is a minimax fit by Remez exchange, error below 2⁻⁵⁸.
/// </remarks>
static class PowFunction
{
    const double TwoThirds = 0.6666666666666666;
    const double TwoThirdsLow = 3.700743415417188e-17;

    /// <summary>Beyond this exponent every base but 1 over- or underflows; clamped, products cannot overflow halfway.</summary>
    const double LargestExponent = 36893488147419103232.0;

    internal static double Apply(double x, double y)
    {
        if (y == 0 || x == 1)
            return 1;
        if (double.IsNaN(x) || double.IsNaN(y))
            return double.NaN;
        if (x == 0 || double.IsInfinity(x) || double.IsInfinity(y))
            return Special(x, y);
        if (x > 0)
            return Positive(x, y);
        if (Math.Floor(y) != y)
            return double.NaN;
        return IsOdd(y) ? -Positive(-x, y) : Positive(-x, y);
    }

    static double Positive(double x, double y)
    {
        if (Math.Abs(y) <= 64 && Math.Floor(y) == y && ExactPower(x, (int)Math.Abs(y)) is { } exact)
            return y > 0 ? exact : 1 / exact;
        y = Math.Clamp(y, -LargestExponent, LargestExponent);
        var (high, low) = Log(x);
        var product = y * high;
        // Out of range already; what the product lost can exceed the range itself.
        if (Math.Abs(product) > 800)
            return VectorMath.Exp(product);
        var productLow = ProductError(y, high, product) + y * low;
        return ExpFunction.Apply(new OneLane(product), new OneLane(productLow)).Value;
    }

    /// <summary>xⁿ by squaring if every product was exact, so that 10³ is 1000; else null.</summary>
    static double? ExactPower(double x, int n)
    {
        var (power, square) = (1.0, x);
        for (; n > 0; n >>= 1)
        {
            if ((n & 1) == 1 && !TryExact(power, square, out power))
                return null;
            if (n > 1 && !TryExact(square, square, out square))
                return null;
        }
        return power;
    }

    static bool TryExact(double a, double b, out double product)
    {
        product = a * b;
        // Outside this range Dekker's split could itself round.
        return Math.Abs(product) is > 1e-200 and < 1e200 && ProductError(a, b, product) == 0;
    }

    /// <summary>ln x in two doubles, for finite x &gt; 0.</summary>
    static (double High, double Low) Log(double x)
    {
        var (exponent, mantissa) = LogFunction.Split(new OneLane(x));
        var (k, f) = (exponent.Value, mantissa.Value - 1);
        var d = 2 + f;
        var s = f / d;
        var p = s * d;
        var sLow = (f - p - ProductError(s, d, p) - s * (f - (d - 2))) / d;

        var z = s * s;
        var zLow = ProductError(s, s, z) + 2 * s * sLow;
        var cube = s * z;
        var cubeLow = ProductError(s, z, cube) + s * zLow + sLow * z;
        var third = cube * TwoThirds;
        var thirdLow = ProductError(cube, TwoThirds, third) + cube * TwoThirdsLow + cubeLow * TwoThirds;
        var tail = cube * z * Tail(z);

        // Each pair is in falling order of size, so the fast two-sum is exact.
        var whole = k * Ln2.High;
        var first = whole + 2 * s;
        var firstLow = 2 * s - (first - whole);
        var second = first + third;
        var secondLow = third - (second - first);
        var low = firstLow + secondLow + (2 * sLow + thirdLow + tail + k * Ln2.Low);
        var high = second + low;
        return (high, low - (high - second));
    }

    static double Tail(double z)
    {
        var z2 = z * z;
        var z4 = z2 * z2;
        var t0 = 0.4 + 0.2857142857142938 * z;
        var t2 = 0.22222222221648172 + 0.18181818337035754 * z;
        var t4 = 0.15384594796217138 + 0.1333481331945968 * z;
        var t6 = 0.11706014855219168 + 0.11725409527723034 * z;
        return t0 + z2 * t2 + z4 * (t4 + z2 * t6);
    }

    /// <summary>a·b − product exactly, without fused multiply-add, for factors below 2⁹⁶⁰.</summary>
    static double ProductError(double a, double b, double product)
    {
        var (aHigh, aLow) = Halve(a);
        var (bHigh, bLow) = Halve(b);
        return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
    }

    static (double High, double Low) Halve(double a)
    {
        var scaled = a * 134217729;
        var high = scaled - (scaled - a);
        return (high, a - high);
    }

    static bool IsOdd(double y) => Math.Abs(y) < 9007199254740992 && ((long)y & 1) != 0;

    /// <summary>Zero or infinite base or infinite exponent, after IEEE 754-2019, 9.2.1.</summary>
    static double Special(double x, double y)
    {
        var size = Math.Abs(x);
        if (double.IsInfinity(y))
            return size == 1 ? 1
                : (size > 1) == (y > 0) ? double.PositiveInfinity
                : 0;
        var magnitude = (size == 0) == (y > 0) ? 0 : double.PositiveInfinity;
        return double.IsNegative(x) && Math.Floor(y) == y && IsOdd(y) ? -magnitude : magnitude;
    }
}
