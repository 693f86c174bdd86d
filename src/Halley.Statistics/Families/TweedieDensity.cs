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

    /// <summary>Slope and curvature of ln f in ln φ.</summary>
    /// <remarks>With j distributed as Wⱼ: slope −(y·θ − κ)/φ − (1 − α)·E(j), curvature (y·θ − κ)/φ + (1 − α)²·Var(j).</remarks>
    internal static (double Slope, double Curvature) DispersionDerivatives(double y, double mu, double phi, double power)
    {
        var (a, b) = (1 - power, 2 - power);
        var logMu = VectorMath.Log(mu);
        var kappa = VectorMath.Exp(b * logMu) / b;
        if (y == 0)
            return (kappa / phi, -kappa / phi);
        var exponent = (y * VectorMath.Exp(a * logMu) / a - kappa) / phi;
        var (_, mean, variance) = Series(y, phi, power);
        var change = 1 - b / a;
        return (-exponent - change * mean, exponent + change * change * variance);
    }

    static double LogSeries(double y, double phi, double power) => Series(y, phi, power).Log;

    /// <summary>ln Σⱼ Wⱼ with mean and variance of j under the weights Wⱼ.</summary>
    static (double Log, double Mean, double Variance) Series(double y, double phi, double power)
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
        var (sum, first, second) = (1.0, 0.0, 0.0);
        bool Add(double j)
        {
            var log = LogTerm(j) - largest;
            if (!(log > negligible))
                return false;
            var (term, distance) = (VectorMath.Exp(log), j - peak);
            (sum, first, second) = (sum + term, first + term * distance, second + term * distance * distance);
            return true;
        }
        for (var j = peak + 1; Add(j); j++) { }
        for (var j = peak - 1; j >= 1 && Add(j); j--) { }
        var shift = first / sum;
        return (largest + VectorMath.Log(sum), peak + shift, second / sum - shift * shift);
    }
}
