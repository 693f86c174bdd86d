using System.Runtime.CompilerServices;

namespace Halley.Kernels;

/// <summary>Elementary functions whose bits depend on neither the batch, nor the SIMD width, nor the platform's C library.</summary>
/// <remarks>
/// <c>Math.Exp</c> and its like come from the C library and differ between machines; a price must not. One row and a batch
/// of any length give equal bits. A span result may be the input span itself; other overlaps are not supported.
/// </remarks>
public static class VectorMath
{
    /// <summary>e^x within 1 ulp. NaN gives NaN; above 709.79 +∞; below −745.14 zero, through the subnormals.</summary>
    public static double Exp(double x) => ExpFunction.Apply(new OneLane(x)).Value;

    /// <summary>result[i] = e^x[i]; shapes (n), <paramref name="result"/> at least as long as <paramref name="x"/>.</summary>
    public static void Exp(ReadOnlySpan<double> x, Span<double> result) => Run<ExpFunction>(x, result);

    /// <summary>ln x within 1 ulp. Zero gives −∞, negative or NaN gives NaN.</summary>
    public static double Log(double x) => LogFunction.Apply(new OneLane(x)).Value;

    /// <summary>result[i] = ln x[i]; shapes (n), <paramref name="result"/> at least as long as <paramref name="x"/>.</summary>
    public static void Log(ReadOnlySpan<double> x, Span<double> result) => Run<LogFunction>(x, result);

    /// <summary>1/(1 + e^−x), in [0, 1], relative accuracy about 2 ulp in both tails.</summary>
    public static double Logistic(double x) => LogisticFunction.Apply(new OneLane(x)).Value;

    /// <summary>result[i] = 1/(1 + e^−x[i]); shapes (n).</summary>
    public static void Logistic(ReadOnlySpan<double> x, Span<double> result) => Run<LogisticFunction>(x, result);

    /// <summary>x^y within 2 ulp, exact where x^y is a double and y an integer; special values as IEEE 754 pow.</summary>
    public static double Pow(double x, double y) => PowFunction.Apply(x, y);

    /// <summary>result[i] = x[i]^y; shapes (n).</summary>
    public static void Pow(ReadOnlySpan<double> x, double y, Span<double> result)
    {
        CheckLength(x.Length, result.Length);
        for (var i = 0; i < x.Length; i++)
            result[i] = PowFunction.Apply(x[i], y);
    }

    /// <summary>ln(1 + x) with full relative accuracy near zero. Below −1 NaN, at −1 −∞.</summary>
    public static double LogOnePlus(double x)
    {
        var u = 1 + x;
        if (u == 1 || double.IsPositiveInfinity(u) || !(u > 0))
            return u == 1 ? x : Log(u);
        // ln(1 + x) = ln u + ln(1 + (1 + x − u)/u): u's rounding error is exactly known and tiny.
        var lost = Math.Abs(x) < 1 ? x - (u - 1) : 1 - (u - x);
        return Log(u) + lost / u;
    }

    /// <summary>e^x − 1 with full relative accuracy near zero.</summary>
    public static double ExpMinusOne(double x) =>
        Math.Abs(x) <= 0.34 ? x + ExpFunction.Remainder(new OneLane(x)).Value : Exp(x) - 1;

    static void Run<TFunction>(ReadOnlySpan<double> x, Span<double> result)
        where TFunction : ILaneFunction
    {
        CheckLength(x.Length, result.Length);
        LaneLoop.Apply<TFunction>(x, result[..x.Length]);
    }

    static void CheckLength(int needed, int given, [CallerArgumentExpression(nameof(given))] string? name = null)
    {
        if (given < needed)
            throw new ArgumentException($"{needed} values need a result span of at least that length, not {given}.", name);
    }
}
