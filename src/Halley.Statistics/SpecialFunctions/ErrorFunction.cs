namespace Halley.Statistics;

/// <summary>The complementary error function without its falling exponential.</summary>
static class ErrorFunction
{
    /// <summary>Chebyshev coefficients of (1 + 2x)·e^(x²)·erfc(x) in t = (x − k)/(x + k), x ≥ 0, k = 3.75.</summary>
    static readonly double[] Coefficients =
    [
        2.3551578691348034,
        -0.004590054580646478,
        -0.08424913336651792,
        0.05920993999819189,
        -0.026658668435305753,
        0.009074997670705265,
        -0.002413163540417608,
        0.0004907758365258086,
        -6.916973302501207e-05,
        4.13902798607301e-06,
        7.74038306619849e-07,
        -2.1886401049234397e-07,
        1.076499946567091e-08,
        4.521959811218287e-09,
        -7.754400208831351e-10,
        -6.318088340886684e-11,
        2.86879501093067e-11,
        1.9455868545777347e-13,
        -9.65469674843344e-13,
        3.25254814814874e-14,
        3.3478119482868056e-14,
        -1.864562880419313e-15,
        -1.2507950530688648e-15,
        7.418235256624044e-17,
        5.068148904796111e-17,
    ];

    /// <summary>e^(x²)·erfc(x) for x ≥ 0, relative error about 1e-15.</summary>
    /// <remarks>Source of the form: Shepherd and Laframboise (1981), Mathematics of Computation 36(153), 249–253.</remarks>
    internal static double ScaledComplement(double x) =>
        double.IsPositiveInfinity(x) ? 0 : Series((x - 3.75) / (x + 3.75)) / (1 + 2 * x);

    /// <summary>Clenshaw's recurrence.</summary>
    static double Series(double t)
    {
        var (later, latest) = (0.0, 0.0);
        for (var n = Coefficients.Length - 1; n > 0; n--)
            (later, latest) = (latest, 2 * t * latest - later + Coefficients[n]);
        return t * latest - later + 0.5 * Coefficients[0];
    }
}
