using System.Runtime.CompilerServices;
using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>Poisson half deviance under the log link, for claim counts.</summary>
/// <remarks>ℓ(y, η) = e^η − y·η; terms in y alone are dropped. Domain: y ≥ 0.</remarks>
public readonly record struct PoissonLogLoss : IHalfDeviance
{
    public Link Link => Link.Log;

    public Family? Family => Family.Poisson;

    public double Loss(double y, double eta) => HalfDeviances.LossOf(this, y, eta);

    public (double Gradient, double Hessian) Derivatives(double y, double eta) => HalfDeviances.DerivativesOf(this, y, eta);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    T IHalfDeviance.Loss<T>(T y, T eta) => ExpFunction.Apply(eta) - y * eta;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    (T Gradient, T Hessian) IHalfDeviance.Derivatives<T>(T y, T eta)
    {
        var mu = ExpFunction.Apply(eta);
        return (mu - y, mu);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    (T Loss, T Gradient, T Hessian) IHalfDeviance.Both<T>(T y, T eta)
    {
        var mu = ExpFunction.Apply(eta);
        return (mu - y * eta, mu - y, mu);
    }
}
