using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>The Tweedie density for 1 &lt; p &lt; 2 by its series over the number of claims.</summary>
/// <remarks>
/// f(y) = (1/y)·Σⱼ Wⱼ · exp((y·θ − κ(θ))/φ), ln Wⱼ = j·ln z − ln Γ(1 + j) − ln Γ(−α·j), α = (2−p)/(1−p),
/// z = y^(−α)·(p−1)^α / (φ^(1−α)·(2−p)). Terms are added outwards from the largest until e⁻³⁷ below it.
/// Source: Dunn and Smyth (2005), Statistics and Computing 15, 267–280, section 4.
/// </remarks>
static class TweedieDensity
{
    /// <summary>ln f(y; μ, φ, p), the logarithm of the mass at y = 0.</summary>
    internal static double Log(double y, double mu, double phi, double power)
    {
        var (a, b) = (1 - power, 2 - power);
        var logMu = VectorMath.Log(mu);
        var kappa = VectorMath.Exp(b * logMu) / b;
        if (y == 0)
            return -kappa / phi;
        var theta = VectorMath.Exp(a * logMu) / a;
        return (y * theta - kappa) / phi - VectorMath.Log(y) + LogSeries(y, phi, power);
    }

    static double LogSeries(double y, double phi, double power)
    {
        const double negligible = -37;
        var (a, b) = (1 - power, 2 - power);
        var alpha = b / a;
        var logZ =
            -alpha * VectorMath.Log(y) + alpha * VectorMath.Log(-a) - (1 - alpha) * VectorMath.Log(phi) - VectorMath.Log(b);
        double LogTerm(double j) => j * logZ - GammaFunction.Log(1 + j) - GammaFunction.Log(-alpha * j);

        // The largest term is near y^(2−p)/(φ(2−p)): their eq. for j_max.
        var peak = Math.Max(1, Math.Round(VectorMath.Exp(b * VectorMath.Log(y)) / (phi * b)));
        var largest = LogTerm(peak);
        var sum = 1.0;
        for (var j = peak + 1; LogTerm(j) > largest + negligible; j++)
            sum += VectorMath.Exp(LogTerm(j) - largest);
        for (var j = peak - 1; j >= 1 && LogTerm(j) > largest + negligible; j--)
            sum += VectorMath.Exp(LogTerm(j) - largest);
        return largest + VectorMath.Log(sum);
    }
}
