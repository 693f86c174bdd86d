using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>Compound Poisson-gamma: V(μ) = μ^p with 1 &lt; p &lt; 2, a mass at zero and a density above it.</summary>
/// <remarks>
/// d = 2·(y^(2−p)/((1−p)(2−p)) − y·μ^(1−p)/(1−p) + μ^(2−p)/(2−p)); the first two terms vanish at y = 0.
/// Source: Jørgensen (1987), J. R. Statist. Soc. B 49(2), 127–162.
/// </remarks>
public readonly record struct TweedieFamily : IFamily
{
    /// <summary>A family of the given variance power.</summary>
    /// <param name="power">p, between 1 and 2, both excluded: 1 is Poisson, 2 is gamma.</param>
    public TweedieFamily(double power)
    {
        if (!(power > 1 && power < 2))
            throw new ArgumentOutOfRangeException(nameof(power), power, "a Tweedie power is between 1 and 2, both excluded.");
        Power = power;
    }

    /// <summary>p.</summary>
    public double Power { get; }

    public string Name => IsShapeEstimated ? "tweedie" : NamedNumber.Format("tweedie", Power);

    public Link? CanonicalLink => Link.Power(1 - Power);

    public Link DefaultLink => Link.Log;

    public bool FixedDispersion => false;

    public bool HasLikelihood => false;

    /// <summary>Whether the fit estimates the power; <see cref="Power"/> is then where its search starts.</summary>
    public bool IsShapeEstimated { get; init; }

    public string Domain => "y ≥ 0";

    public bool InDomain(double y) => y >= 0 && y < double.PositiveInfinity;

    public bool MeanInDomain(double mu) => mu > 0 && mu < double.PositiveInfinity;

    public double Variance(double mu) => VectorMath.Exp(Power * VectorMath.Log(mu));

    public double UnitDeviance(double y, double mu)
    {
        var (a, b) = (1 - Power, 2 - Power);
        var muB = VectorMath.Exp(b * VectorMath.Log(mu));
        if (y == 0)
            return 2 * muB / b;
        // Scaled by μ^(2−p) and written in u = y/μ − 1, so that the terms cancel to rounding of u where y is near μ.
        var u = (y - mu) / mu;
        var power =
            Math.Abs(u) < 0.25
                ? VectorMath.ExpMinusOne(b * VectorMath.LogOnePlus(u))
                : VectorMath.Exp(b * VectorMath.Log(y / mu)) - 1;
        return 2 * muB * Math.Max((power / b - u) / a, 0);
    }

    /// <summary>ln f with dispersion φ/w, by the series of Dunn and Smyth.</summary>
    public double LogLikelihood(double y, double mu, double weight, double dispersion) =>
        weight > 0 ? TweedieDensity.Log(y, mu, dispersion / weight, Power) : 0;

    /// <summary>Slope and curvature of the log likelihood in ln φ.</summary>
    public (double Slope, double Curvature) DispersionDerivatives(double y, double mu, double weight, double dispersion) =>
        weight > 0 ? TweedieDensity.DispersionDerivatives(y, mu, dispersion / weight, Power) : (0, 0);

    /// <summary>Deviance over the number of rows: the maximum-likelihood value to first order.</summary>
    public double LikelihoodDispersion(double deviance, double rowCount, double weightSum) => deviance / rowCount;
}
