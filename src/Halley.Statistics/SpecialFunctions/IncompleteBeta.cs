using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>The regularised incomplete beta function I(x; a, b), for a, b &gt; 0 and x in [0, 1].</summary>
public static class IncompleteBeta
{
    const int MaxTerms = 100_000;

    /// <summary>I(x; a, b), relative accuracy about 1e-15·(a + b), and 1e-13 for small a and b, also where the result is tiny. NaN outside the domain.</summary>
    /// <param name="x">Upper limit of the integral.</param>
    /// <param name="complement">1 − x, given apart so that x near 1 loses nothing.</param>
    public static double Regularized(double x, double complement, double a, double b)
    {
        if (!(a > 0 && b > 0 && x >= 0 && complement >= 0))
            return double.NaN;
        if (x == 0 || complement == 0)
            return x == 0 ? 0 : 1;
        // The fraction converges fast below the mean; above it the symmetric one does.
        return x <= (a + 1) / (a + b + 2)
            ? Front(x, complement, a, b) / a * Fraction(x, a, b)
            : 1 - Front(complement, x, b, a) / b * Fraction(complement, b, a);
    }

    /// <summary>x^a·(1 − x)^b / B(a, b).</summary>
    static double Front(double x, double complement, double a, double b) =>
        VectorMath.Exp(
            GammaFunction.Log(a + b)
                - GammaFunction.Log(a)
                - GammaFunction.Log(b)
                + a * VectorMath.Log(x)
                + b * VectorMath.Log(complement)
        );

    /// <summary>The continued fraction by Lentz's method. Source: DLMF 8.17.22; Lentz (1976), Appl. Opt. 15, 668–671.</summary>
    static double Fraction(double x, double a, double b)
    {
        const double tiny = 1e-300;
        var numerator = 1.0;
        var denominator = NotZero(1 - (a + b) * x / (a + 1));
        denominator = 1 / denominator;
        var result = denominator;
        for (var m = 1; m <= MaxTerms; m++)
        {
            var even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            denominator = 1 / NotZero(1 + even * denominator);
            numerator = NotZero(1 + even / numerator);
            result *= denominator * numerator;
            var odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            denominator = 1 / NotZero(1 + odd * denominator);
            numerator = NotZero(1 + odd / numerator);
            var change = denominator * numerator;
            result *= change;
            if (Math.Abs(change - 1) < 1e-16)
                break;
        }
        return result;

        static double NotZero(double value) => Math.Abs(value) < tiny ? tiny : value;
    }
}
