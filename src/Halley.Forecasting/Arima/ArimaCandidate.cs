using Halley.Kernels;

namespace Halley.Forecasting;

/// <summary>A fitted order, as the search for the best one sees it.</summary>
/// <param name="Variance">Mean squared standardised error.</param>
/// <param name="Used">Values known, less those that differencing takes.</param>
sealed record ArimaCandidate(ArimaOrder Order, ArimaCoefficients Coefficients, double LogLikelihood, double Variance, int Used)
{
    /// <summary>Coefficients, and the variance.</summary>
    internal int ParameterCount => Order.Coefficients + Coefficients.Linear.Length + 1;

    internal double Aicc => Corrected(-2 * LogLikelihood);

    /// <summary>The criterion from a conditional sum of squares; <paramref name="offset"/> is what the likelihood adds.</summary>
    internal double ConditionalAicc(double offset) => Corrected(offset + Used * VectorMath.Log(Variance));

    /// <summary>Whether every root lies at least 1 % outside the unit circle.</summary>
    internal bool IsSound =>
        ArimaPolynomials.IsWellOutside(Coefficients.Ar, 1)
        && ArimaPolynomials.IsWellOutside(Coefficients.SeasonalAr, Order.Season)
        && ArimaPolynomials.IsWellOutside(Coefficients.Ma, 1, -1)
        && ArimaPolynomials.IsWellOutside(Coefficients.SeasonalMa, Order.Season, -1);

    double Corrected(double minusTwoLog)
    {
        var k = ParameterCount;
        return Used - k - 1 > 0 ? minusTwoLog + 2.0 * k * Used / (Used - k - 1) : double.PositiveInfinity;
    }
}
