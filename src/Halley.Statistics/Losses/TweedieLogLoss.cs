using System.Runtime.CompilerServices;
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

    public Family? Family => Family.Tweedie(Power);

    public double Loss(double y, double eta) => HalfDeviances.LossOf(this, y, eta);

    public (double Gradient, double Hessian) Derivatives(double y, double eta) => HalfDeviances.DerivativesOf(this, y, eta);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    T IHalfDeviance.Loss<T>(T y, T eta) =>
        ExpFunction.Apply(T.Create(2 - Power) * eta) / T.Create(2 - Power)
        - y * ExpFunction.Apply(T.Create(1 - Power) * eta) / T.Create(1 - Power);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    (T Gradient, T Hessian) IHalfDeviance.Derivatives<T>(T y, T eta)
    {
        var e1 = y * ExpFunction.Apply(T.Create(1 - Power) * eta);
        var e2 = ExpFunction.Apply(T.Create(2 - Power) * eta);
        return (e2 - e1, T.Create(2 - Power) * e2 - T.Create(1 - Power) * e1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    (T Loss, T Gradient, T Hessian) IHalfDeviance.Both<T>(T y, T eta)
    {
        var e1 = ExpFunction.Apply(T.Create(1 - Power) * eta);
        var e2 = ExpFunction.Apply(T.Create(2 - Power) * eta);
        var (below, above) = (T.Create(1 - Power), T.Create(2 - Power));
        return (e2 / above - y * e1 / below, e2 - y * e1, above * e2 - below * (y * e1));
    }
}
