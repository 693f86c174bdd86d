using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>Tweedie half deviance under the log link, for claim cost with a mass at zero.</summary>
/// <remarks>
/// ℓ(y, η) = e^((2−p)η)/(2−p) − y·e^((1−p)η)/(1−p), with μ = e^η and Var(Y) = φ·μ^p / w.
/// Terms in y alone are dropped: losses compare between fits of one data set and one power, not across powers.
/// Domain: y ≥ 0. Source: Jørgensen (1987), J. R. Statist. Soc. B 49(2), 127–162.
/// </remarks>
public readonly record struct TweedieLogLoss : IHalfDeviance
{
    /// <summary>A loss of the given variance power.</summary>
    /// <param name="power">p, between 1 and 2, both excluded.</param>
    public TweedieLogLoss(double power) => Power = new TweedieFamily(power).Power;

    /// <summary>p.</summary>
    public double Power { get; }

    public Link Link => Link.Log;

    public Family Family => Family.Tweedie(Power);

    public double Loss(double y, double eta) =>
        VectorMath.Exp((2 - Power) * eta) / (2 - Power) - y * VectorMath.Exp((1 - Power) * eta) / (1 - Power);

    public (double Gradient, double Hessian) Derivatives(double y, double eta)
    {
        var e1 = y * VectorMath.Exp((1 - Power) * eta);
        var e2 = VectorMath.Exp((2 - Power) * eta);
        return (e2 - e1, (2 - Power) * e2 - (1 - Power) * e1);
    }
}
