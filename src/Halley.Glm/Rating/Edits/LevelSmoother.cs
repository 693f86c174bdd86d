namespace Halley.Glm;

/// <summary>Smooths the coefficients of ordered levels.</summary>
/// <remarks>
/// Whittaker and Henderson's graduation: min Σ wᵢ(zᵢ − yᵢ)² + λ Σ (Δ²zᵢ)², w the exposure over its mean, levels a step of 1 apart. A straight
/// line stays as it is, and Σ wᵢzᵢ = Σ wᵢyᵢ. Source: Whittaker (1923), Proc. Edinburgh Math. Soc. 41, 63–75; Henderson (1924).
/// </remarks>
static class LevelSmoother
{
    /// <param name="cells">Codes of the levels to smooth, rising; levels without an order among them are left out.</param>
    /// <param name="after">Coefficients by code; those of the levels are replaced.</param>
    internal static void Smooth(RatingFactor factor, int[] cells, IReadOnlyList<double> exposure, double strength, double[] after)
    {
        if (factor.Axes is not [{ Kind: RatingAxisKind.Band or RatingAxisKind.Value } axis])
        {
            RatingEditor.Refuse(
                $"factor '{factor.Name}' has no order of levels: only a factor of bands or of numbers can be smoothed"
            );
            return;
        }
        var named = axis.Named.Count();
        cells = [.. cells.Where(cell => cell < named)];
        var total = cells.Sum(cell => exposure[cell]);
        if (cells.Length < 3 || cells.Count(cell => exposure[cell] > 0) < 2)
            RatingEditor.Refuse($"factor '{factor.Name}': smoothing needs three levels, two of them with exposure");
        double[] weights = [.. cells.Select(cell => exposure[cell] * cells.Length / total)];
        var smooth = Solve(weights, [.. cells.Select(cell => after[cell])], strength);
        for (var i = 0; i < cells.Length; i++)
            after[cells[i]] = smooth[i];
    }

    /// <summary>Solves (W + λD′D)z = Wy by L·D·L′ of its five bands. Shapes (n).</summary>
    internal static double[] Solve(double[] weights, double[] y, double strength)
    {
        var n = y.Length;
        var (diagonal, first, second) = ((double[])weights.Clone(), new double[n], new double[n]);
        for (var i = 0; i + 2 < n; i++)
        {
            diagonal[i] += strength;
            diagonal[i + 1] += 4 * strength;
            diagonal[i + 2] += strength;
            first[i] -= 2 * strength;
            first[i + 1] -= 2 * strength;
            second[i] += strength;
        }
        var z = new double[n];
        for (var i = 0; i < n; i++)
        {
            z[i] = weights[i] * y[i];
            if (i > 0)
            {
                // first and second hold L below; the products with the old diagonal come first.
                diagonal[i] -= first[i - 1] * first[i - 1] * diagonal[i - 1];
                z[i] -= first[i - 1] * z[i - 1];
            }
            if (i > 1)
            {
                diagonal[i] -= second[i - 2] * second[i - 2] * diagonal[i - 2];
                z[i] -= second[i - 2] * z[i - 2];
            }
            if (i > 0)
                first[i] -= second[i - 1] * diagonal[i - 1] * first[i - 1];
            first[i] /= diagonal[i];
            second[i] /= diagonal[i];
        }
        for (var i = n - 1; i >= 0; i--)
        {
            z[i] /= diagonal[i];
            z[i] -= (i + 1 < n ? first[i] * z[i + 1] : 0) + (i + 2 < n ? second[i] * z[i + 2] : 0);
        }
        return z;
    }
}
