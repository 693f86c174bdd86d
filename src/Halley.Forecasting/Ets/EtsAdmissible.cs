namespace Halley.Forecasting;

/// <summary>Whether old values lose their weight: the discounting matrix of a seasonal form has no root outside the unit circle.</summary>
/// <remarks>Source: Hyndman et al. (2008), section 10.2, with the characteristic polynomial of the seasonal damped model.</remarks>
static class EtsAdmissible
{
    internal static bool Holds(EtsForm form, EtsSmoothing by, int m)
    {
        // Without season the usual bounds lie inside the admissible region.
        if (!form.HasSeason)
            return true;
        Span<double> polynomial = stackalloc double[m + 2];
        var middle = by.Alpha + by.Beta - by.Alpha * by.Phi;
        polynomial.Fill(middle);
        polynomial[0] = by.Phi * (1 - by.Alpha - by.Gamma);
        polynomial[1] = middle + by.Gamma - 1;
        polynomial[m] = m == 1 ? polynomial[1] : by.Alpha + by.Beta - by.Phi;
        polynomial[m + 1] = 1;
        if (form.HasTrend)
            return IsStable(polynomial);
        // Level and season share a root of exactly 1, which forecasts do not see: divide by (z − 1).
        Span<double> quotient = stackalloc double[m + 1];
        var carry = 0.0;
        for (var i = m; i >= 0; i--)
            quotient[i] = carry += polynomial[i + 1];
        return IsStable(quotient);
    }

    /// <summary>Schur and Cohn's step-down test of a monic polynomial, lowest power first; overwrites it.</summary>
    static bool IsStable(Span<double> polynomial)
    {
        for (var degree = polynomial.Length - 1; degree > 0; degree--)
        {
            var k = polynomial[0];
            if (!(Math.Abs(k) < 1 + 1e-10))
                return false;
            if (Math.Abs(k) > 1 - 1e-10)
                return true;
            var scale = 1 / (1 - k * k);
            for (int low = 1, high = degree - 1; low <= high; low++, high--)
            {
                var (a, b) = (polynomial[low], polynomial[high]);
                polynomial[low] = (a - k * b) * scale;
                polynomial[high] = (b - k * a) * scale;
            }
            polynomial = polynomial[1..];
            polynomial[^1] = 1;
        }
        return true;
    }
}
