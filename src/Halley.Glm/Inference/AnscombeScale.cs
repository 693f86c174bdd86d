using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Glm;

/// <summary>A(y) = ∫V(t)^(−1/3)dt, which makes the family nearly normal, and the scale of its spread.</summary>
/// <remarks>
/// V = μ^p: (y^(1−p/3) − μ^(1−p/3))/((1 − p/3)·μ^(p/6)); p = 3: ln(y/μ)/√μ; binomial: the incomplete beta function of (2/3, 2/3).
/// Source: McCullagh and Nelder (1989), Generalized Linear Models, section 2.4.2.
/// </remarks>
sealed class AnscombeScale : IFamilyVisitor<Func<double, double, double>>
{
    const double Third = 2.0 / 3;

    /// <summary>B(2/3, 2/3).</summary>
    static readonly double WholeBeta = VectorMath.Exp(2 * GammaFunction.Log(Third) - GammaFunction.Log(2 * Third));

    /// <summary>The residual of weight 1 as a function of y and μ.</summary>
    public Func<double, double, double> Visit<TFamily>(TFamily family)
        where TFamily : struct, IFamily =>
        family switch
        {
            PoissonFamily or QuasiPoissonFamily => (y, mu) => OfPower(1, y, mu),
            GammaFamily => (y, mu) => OfPower(2, y, mu),
            TweedieFamily tweedie => (y, mu) => OfPower(tweedie.Power, y, mu),
            GaussianFamily => (y, mu) => y - mu,
            InverseGaussianFamily => (y, mu) => VectorMath.Log(y / mu) / Math.Sqrt(mu),
            BinomialFamily or QuasiBinomialFamily => (y, mu) =>
                WholeBeta
                * (BetaDistribution.Cumulative(y, Third, Third) - BetaDistribution.Cumulative(mu, Third, Third))
                / VectorMath.Exp(VectorMath.Log(mu * (1 - mu)) / 6),
            _ => (_, _) => double.NaN,
        };

    static double OfPower(double p, double y, double mu)
    {
        var a = 1 - p / 3;
        var (atMean, atTarget) = (VectorMath.Pow(mu, a), y == 0 ? 0 : VectorMath.Pow(y, a));
        return (atTarget - atMean) / (a * VectorMath.Pow(mu, p / 6));
    }
}
