namespace Halley.Forecasting;

/// <summary>Products and checks of lag polynomials.</summary>
static class ArimaPolynomials
{
    // A root within 1 % of the unit circle is taken as on it.
    const double NearUnit = 1.01;

    /// <summary>Lags of the product (1 + sign·Σ a_i Bⁱ)(1 + sign·Σ b_j B^(jm)), written with the same sign.</summary>
    /// <param name="sign">−1 for autoregressive, +1 for moving-average coefficients.</param>
    /// <param name="into">Shape (length of a + m·length of b).</param>
    internal static void Expand(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int m, int sign, Span<double> into)
    {
        into.Clear();
        a.CopyTo(into);
        for (var j = 0; j < b.Length; j++)
        {
            into[(j + 1) * m - 1] += b[j];
            for (var i = 0; i < a.Length; i++)
                into[(j + 1) * m + i] += sign * a[i] * b[j];
        }
    }

    /// <summary>Coefficients from partial autocorrelations, each within (−1, 1).</summary>
    /// <remarks>Source: Monahan (1984), Biometrika 71(2), 403–404.</remarks>
    internal static void FromPartial(ReadOnlySpan<double> partial, Span<double> phi)
    {
        for (var k = 0; k < partial.Length; k++)
        {
            for (int i = 0, j = k - 1; i <= j; i++, j--)
            {
                var (left, right) = (phi[i], phi[j]);
                phi[i] = left - partial[k] * right;
                if (i != j)
                    phi[j] = right - partial[k] * left;
            }
            phi[k] = partial[k];
        }
    }

    /// <summary>Partial autocorrelations of an autoregression, or false where it is not stationary.</summary>
    /// <param name="work">Shape of <paramref name="phi"/>.</param>
    internal static bool TryPartial(ReadOnlySpan<double> phi, Span<double> partial, Span<double> work)
    {
        phi.CopyTo(work);
        for (var k = phi.Length - 1; k >= 0; k--)
        {
            var last = work[k];
            if (!(Math.Abs(last) < 1))
                return false;
            partial[k] = last;
            var scale = 1 / (1 - last * last);
            for (int i = 0, j = k - 1; i <= j; i++, j--)
            {
                var (left, right) = (work[i], work[j]);
                work[i] = (left + last * right) * scale;
                work[j] = (right + last * left) * scale;
            }
        }
        return true;
    }

    /// <summary>Whether every root of 1 − Σ a_i z^(i·m) lies at least 1 % outside the unit circle.</summary>
    /// <param name="sign">−1 reads the coefficients as those of 1 + Σ a_i z^(i·m).</param>
    internal static bool IsWellOutside(ReadOnlySpan<double> a, int m, int sign = 1)
    {
        Span<double> scaled = stackalloc double[a.Length];
        Span<double> partial = stackalloc double[a.Length];
        Span<double> work = stackalloc double[a.Length];
        var (step, power) = (Math.Pow(NearUnit, m), 1.0);
        for (var i = 0; i < a.Length; i++)
            scaled[i] = sign * a[i] * (power *= step);
        return TryPartial(scaled, partial, work);
    }

    /// <summary>c with (1 − B)ᵈ(1 − Bᵐ)ᴰ = 1 − Σ c_i Bⁱ, shape (d + D·m).</summary>
    internal static double[] Differencing(ArimaOrder order)
    {
        double[] product = [1];
        for (var i = 0; i < order.D; i++)
            product = TimesDifference(product, 1);
        for (var i = 0; i < order.SeasonalD; i++)
            product = TimesDifference(product, order.Season);
        return [.. product.Skip(1).Select(value => -value)];
    }

    static double[] TimesDifference(double[] polynomial, int lag)
    {
        var product = new double[polynomial.Length + lag];
        for (var i = 0; i < polynomial.Length; i++)
        {
            product[i] += polynomial[i];
            product[i + lag] -= polynomial[i];
        }
        return product;
    }
}
