using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>The logarithm of the gamma function and its derivatives, for positive arguments.</summary>
public static class GammaFunction
{
    const double HalfLogTwoPi = 0.9189385332046728;

    /// <summary>ln Γ(x) for x &gt; 0, absolute error about 1e-15 near 1 and 2, relative elsewhere. NaN for x &lt; 0, +∞ at 0.</summary>
    public static double Log(double x)
    {
        if (!(x > 0))
            return x == 0 ? double.PositiveInfinity : double.NaN;
        if (double.IsPositiveInfinity(x))
            return x;
        var (shifted, product) = (x, 1.0);
        for (; shifted < 10; shifted++)
            product *= shifted;
        var log = (shifted - 0.5) * VectorMath.Log(shifted) - shifted + HalfLogTwoPi + StirlingSeries(shifted);
        return product == 1 ? log : log - VectorMath.Log(product);
    }

    /// <summary>ψ(x) = d ln Γ(x)/dx for x &gt; 0, absolute error about 1e-15.</summary>
    /// <remarks>Recurrence up to 10, then the asymptotic series. Source: Abramowitz and Stegun (1964), 6.3.18.</remarks>
    public static double Digamma(double x)
    {
        if (!(x > 0))
            return double.NaN;
        var sum = 0.0;
        for (; x < 10; x++)
            sum -= 1 / x;
        var z = 1 / (x * x);
        var tail =
            z * (1.0 / 12 - z * (1.0 / 120 - z * (1.0 / 252 - z * (1.0 / 240 - z * (1.0 / 132 - z * (691.0 / 32760 - z / 12))))));
        return sum + VectorMath.Log(x) - 0.5 / x - tail;
    }

    /// <summary>ψ′(x), the second derivative of ln Γ, for x &gt; 0.</summary>
    /// <remarks>Recurrence up to 10, then the asymptotic series. Source: Abramowitz and Stegun (1964), 6.4.12.</remarks>
    public static double Trigamma(double x)
    {
        if (!(x > 0))
            return double.NaN;
        var sum = 0.0;
        for (; x < 10; x++)
            sum += 1 / (x * x);
        var z = 1 / (x * x);
        var tail =
            z * (1.0 / 6 - z * (1.0 / 30 - z * (1.0 / 42 - z * (1.0 / 30 - z * (5.0 / 66 - z * (691.0 / 2730 - z * 7.0 / 6))))));
        return sum + 1 / x + 0.5 * z + tail / x;
    }

    /// <summary>ln Γ(x + 1) − ((x + ½)·ln x − x + ½·ln 2π) for x ≥ 0: what Stirling's formula leaves of ln x!.</summary>
    internal static double StirlingError(double x) =>
        x >= 10 ? StirlingSeries(x) : Log(x + 1) - ((x + 0.5) * VectorMath.Log(x) - x + HalfLogTwoPi);

    /// <summary>Source: Abramowitz and Stegun (1964), 6.1.42; the first dropped term is below 1e-16 from 10 on.</summary>
    static double StirlingSeries(double x)
    {
        var inverse = 1 / x;
        var z = inverse * inverse;
        return inverse
            * (
                1.0 / 12
                - z * (1.0 / 360 - z * (1.0 / 1260 - z * (1.0 / 1680 - z * (1.0 / 1188 - z * (691.0 / 360360 - z / 156)))))
            );
    }
}
