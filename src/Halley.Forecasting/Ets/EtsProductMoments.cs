namespace Halley.Forecasting;

/// <summary>Mean and standard deviation where level and season multiply: forms (M, N or A, M).</summary>
/// <remarks>
/// The state is the product M = x·sᵀ of x = (level, slope) and the season, shape (d)(m), kept as one vector. With e the error,
/// x′ = (F₁ + G₁e)x and s′ = (F₂ + G₂e)s, so that M and its covariance V follow recursions in σ². Source: Hyndman et al. (2008), section 6.4,
/// with the damped slope entering the first step as φ·b, as the recursion has it.
/// </remarks>
static class EtsProductMoments
{
    internal static bool Apply(EtsForm form) =>
        form.Error == EtsPart.Multiplicative && form.Season == EtsPart.Multiplicative && form.Trend != EtsPart.Multiplicative;

    internal static (double[] Mean, double[] StandardDeviation) Of(EtsFit fit, int horizon)
    {
        var (last, m, sigma2) = (fit.Last, fit.Period, fit.Sigma2);
        var (d, phi) = (fit.EtsForm.HasTrend ? 2 : 1, last.Phi);
        double[] x = d == 1 ? [last.Level] : [last.Level, last.Slope];
        double[,] f =
            d == 1
                ? new[,]
                {
                    { 1.0 },
                }
                : new[,]
                {
                    { 1, phi },
                    { 0, phi },
                };
        double[,] g =
            d == 1
                ? new[,]
                {
                    { last.Alpha },
                }
                : new[,]
                {
                    { last.Alpha, last.Alpha * phi },
                    { last.Beta, last.Beta * phi },
                };
        // Season by step ahead: entry 0 is used next and becomes entry m − 1.
        var move = SparseSquare.Product(Shift(m, 1, 1), f, m, d);
        var shock = SparseSquare.Product(Shift(m, last.Gamma, 0), g, m, d);
        var single = SparseSquare.Sum(
            SparseSquare.Product(Shift(m, last.Gamma, 0), f, m, d),
            SparseSquare.Product(Shift(m, 1, 1), g, m, d)
        );
        var size = m * d;
        var product = new double[size];
        for (var s = 0; s < m; s++)
        for (var i = 0; i < d; i++)
            product[s * d + i] = last.Season[s] * x[i];

        var (mean, sd, variance) = (new double[horizon], new double[horizon], new double[size, size]);
        for (var h = 0; h < horizon; h++)
        {
            var spread = variance[0, 0];
            mean[h] = product[0];
            if (d == 2)
            {
                mean[h] += phi * product[1];
                spread += 2 * phi * variance[0, 1] + phi * phi * variance[1, 1];
            }
            sd[h] = Math.Sqrt((1 + sigma2) * spread + sigma2 * mean[h] * mean[h]);
            variance = Next(variance, product, sigma2, move, shock, single);
            product = Add(move.Times(product), shock.Times(product), sigma2);
        }
        return (mean, sd);
    }

    /// <summary>V′ = FVFᵀ + σ²(FVGᵀ + GVFᵀ + K(V + mmᵀ)Kᵀ) + σ⁴G(3V + 2mmᵀ)Gᵀ.</summary>
    static double[,] Next(
        double[,] variance,
        double[] product,
        double sigma2,
        SparseSquare move,
        SparseSquare shock,
        SparseSquare single
    )
    {
        var next = move.Sandwich(variance, move);
        var cross = move.Sandwich(variance, shock);
        var one = single.Sandwich(Plus(variance, 1, product, 1), single);
        var two = shock.Sandwich(Plus(variance, 3, product, 2), shock);
        var size = product.Length;
        for (var i = 0; i < size; i++)
        for (var j = 0; j < size; j++)
            next[i, j] += sigma2 * (cross[i, j] + cross[j, i] + one[i, j]) + sigma2 * sigma2 * two[i, j];
        return next;
    }

    static double[,] Plus(double[,] variance, double factor, double[] product, double outer)
    {
        var size = product.Length;
        var sum = new double[size, size];
        for (var i = 0; i < size; i++)
        for (var j = 0; j < size; j++)
            sum[i, j] = factor * variance[i, j] + outer * product[i] * product[j];
        return sum;
    }

    static double[] Add(double[] a, double[] b, double scale)
    {
        for (var i = 0; i < a.Length; i++)
            a[i] += scale * b[i];
        return a;
    }

    /// <summary>The season's turn: <paramref name="wrap"/> from first to last place, <paramref name="rest"/> one place forward.</summary>
    static IEnumerable<(int Row, int Column, double Value)> Shift(int m, double wrap, double rest)
    {
        yield return (m - 1, 0, wrap);
        for (var s = 1; s < m && rest != 0; s++)
            yield return (s - 1, s, rest);
    }
}
