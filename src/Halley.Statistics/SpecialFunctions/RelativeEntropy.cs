using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>D₀(x, m) = x·ln(x/m) + m − x, half the Poisson unit deviance, from which the other deviances are made.</summary>
static class RelativeEntropy
{
    /// <summary>D₀ for x ≥ 0 and m &gt; 0, never negative, with relative accuracy also where x is near m; m at x = 0.</summary>
    /// <remarks>
    /// Near m by the series in v = (x − m)/(x + m): D₀ = (x − m)·v + 2x·Σ v^(2j+1)/(2j+1), j ≥ 1.
    /// Source: Loader (2000), Fast and Accurate Computation of Binomial Probabilities, section 3.
    /// </remarks>
    internal static double Of(double x, double m)
    {
        var difference = x - m;
        if (!(Math.Abs(difference) < 0.1 * (x + m)))
            return x == 0 ? m : x * VectorMath.Log(x / m) - difference;
        var v = difference / (x + m);
        var square = v * v;
        var sum = difference * v;
        var power = 2 * x * v;
        for (var j = 3; ; j += 2)
        {
            power *= square;
            var next = sum + power / j;
            if (next == sum)
                return sum;
            sum = next;
        }
    }
}
