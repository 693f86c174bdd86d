using System.Runtime.CompilerServices;

namespace Halley.Statistics;

/// <summary>Half the squared error under the identity link.</summary>
/// <remarks>ℓ(y, η) = ½·(η − y)². Domain: finite y.</remarks>
public readonly record struct SquaredError : IHalfDeviance
{
    public Link Link => Link.Identity;

    public Family? Family => Family.Gaussian;

    public double Loss(double y, double eta) => HalfDeviances.LossOf(this, y, eta);

    public (double Gradient, double Hessian) Derivatives(double y, double eta) => HalfDeviances.DerivativesOf(this, y, eta);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    T IHalfDeviance.Loss<T>(T y, T eta) => T.Create(0.5) * (eta - y) * (eta - y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    (T Gradient, T Hessian) IHalfDeviance.Derivatives<T>(T y, T eta) => (eta - y, T.Create(1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    (T Loss, T Gradient, T Hessian) IHalfDeviance.Both<T>(T y, T eta) =>
        (T.Create(0.5) * (eta - y) * (eta - y), eta - y, T.Create(1));
}
