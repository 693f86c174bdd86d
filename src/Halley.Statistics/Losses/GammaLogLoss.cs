using System.Runtime.CompilerServices;
using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>Gamma half deviance under the log link, for claim sizes.</summary>
/// <remarks>ℓ(y, η) = y·e^−η + η; terms in y alone are dropped. Domain: y &gt; 0.</remarks>
public readonly record struct GammaLogLoss : IHalfDeviance
{
    public Link Link => Link.Log;

    public Family? Family => Family.Gamma;

    public double Loss(double y, double eta) => HalfDeviances.LossOf(this, y, eta);

    public (double Gradient, double Hessian) Derivatives(double y, double eta) => HalfDeviances.DerivativesOf(this, y, eta);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    T IHalfDeviance.Loss<T>(T y, T eta) => y * ExpFunction.Apply(T.Create(0) - eta) + eta;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    (T Gradient, T Hessian) IHalfDeviance.Derivatives<T>(T y, T eta)
    {
        var ratio = y * ExpFunction.Apply(T.Create(0) - eta);
        return (T.Create(1) - ratio, ratio);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    (T Loss, T Gradient, T Hessian) IHalfDeviance.Both<T>(T y, T eta)
    {
        var ratio = y * ExpFunction.Apply(T.Create(0) - eta);
        return (ratio + eta, T.Create(1) - ratio, ratio);
    }
}
