using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>The regularised incomplete gamma functions, each tail with its own relative accuracy.</summary>
static class IncompleteGamma
{
    /// <summary>P(a, x) and Q(a, x) = 1 − P for a &gt; 0, x ≥ 0.</summary>
    /// <remarks>
    /// Series below a + 1, continued fraction above. Sources: Gautschi (1979), ACM TOMS 5(4), 466–481; the fraction is evaluated
    /// by Lentz (1976), Applied Optics 15, 668–671; the leading factor in saddle-point form.
    /// </remarks>
    internal static (double Lower, double Upper) Regularized(double a, double x)
    {
        if (!(a > 0) || !(x >= 0))
            return (double.NaN, double.NaN);
        if (x == 0)
            return (0, 1);
        if (double.IsPositiveInfinity(x))
            return (1, 0);
        var factor = VectorMath.Exp(SaddlePoint.Poisson(a, x));
        if (x < a + 1)
        {
            var lower = Math.Min(factor * Series(a, x), 1);
            return (lower, 1 - lower);
        }
        var upper = Math.Min(factor * a * Fraction(a, x), 1);
        return (1 - upper, upper);
    }

    static double Series(double a, double x)
    {
        var (sum, term) = (1.0, 1.0);
        for (var n = a + 1; ; n++)
        {
            term *= x / n;
            var next = sum + term;
            if (next == sum)
                return sum;
            sum = next;
        }
    }

    static double Fraction(double a, double x)
    {
        var b = x + 1 - a;
        var c = 1e300;
        var d = 1 / b;
        var value = d;
        for (var n = 1.0; ; n++)
        {
            var numerator = -n * (n - a);
            b += 2;
            d = 1 / NotZero(numerator * d + b);
            c = NotZero(b + numerator / c);
            var factor = c * d;
            value *= factor;
            if (!(Math.Abs(factor - 1) > 3e-16))
                return value;
        }
    }

    internal static double NotZero(double x) => Math.Abs(x) < 1e-300 ? 1e-300 : x;
}
