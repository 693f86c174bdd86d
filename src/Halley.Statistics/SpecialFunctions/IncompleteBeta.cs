using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>The regularised incomplete beta function, each tail with its own relative accuracy.</summary>
static class IncompleteBeta
{
    /// <summary>I_x(a, b) and 1 − I_x(a, b) for a, b &gt; 0 and y = 1 − x, which is given because it may be tiny.</summary>
    internal static (double Lower, double Upper) Regularized(double a, double b, double x, double y)
    {
        if (!(a > 0) || !(b > 0) || !(x >= 0) || !(y >= 0))
            return (double.NaN, double.NaN);
        if (x == 0)
            return (0, 1);
        if (y == 0)
            return (1, 0);
        var density = Density(a, b, x, y);
        if (a * y >= b * x)
        {
            var lower = Math.Min(density * Fraction(a, b, x, y), 1);
            return (lower, 1 - lower);
        }
        var upper = Math.Min(density * Fraction(b, a, y, x), 1);
        return (1 - upper, upper);
    }

    /// <summary>x^a·y^b/B(a, b): the density of logit X for X of that beta distribution.</summary>
    internal static double Density(double a, double b, double x, double y) =>
        a / (a + b) * b * VectorMath.Exp(SaddlePoint.Binomial(a, b, x, y));

    /// <summary>I_x(a, b) over its density factor, for x at most the mean a/(a + b).</summary>
    /// <remarks>
    /// The even part of the usual fraction, in λ = a·y − b·x, so that large shapes near the mean lose no digits.
    /// Sources: DiDonato and Morris (1992), ACM TOMS 18(3), 360–373, eq. 9; Lentz (1976), Applied Optics 15, 668–671.
    /// </remarks>
    static double Fraction(double a, double b, double x, double y)
    {
        var lambda = a * y - b * x;
        var c = 1e300;
        var d = (a + 1) / (a * (1 + lambda));
        var value = d;
        for (var n = 1.0; ; n++)
        {
            var odd = a + 2 * n - 1;
            var alpha = (a + n - 1) / odd * ((a + b + n - 1) / odd) * (n * (b - n) * x * x);
            var beta = n + n * (b - n) * x / odd + (a + n) / (odd + 2) * (lambda + 1 + n * (1 + y));
            d = 1 / IncompleteGamma.NotZero(beta + alpha * d);
            c = IncompleteGamma.NotZero(beta + alpha / c);
            var factor = c * d;
            value *= factor;
            if (!(Math.Abs(factor - 1) > 3e-16))
                return value;
        }
    }
}
