using System.Runtime.CompilerServices;

namespace Halley.Statistics;

/// <summary>Huber's loss under the identity link: squared error near the target, absolute error farther off.</summary>
/// <remarks>
/// With r = η − y: ℓ = ½·r² where |r| &lt; δ, else δ·(|r| − ½·δ). The curvature given is 1 throughout: the parabola through a
/// point with the loss's slope then lies above the loss, so that a step to its minimum never raises it.
/// Domain: finite y. Source: Huber (1964), Ann. Math. Statist. 35(1), 73–101.
/// </remarks>
public readonly record struct HuberLoss : IHalfDeviance
{
    /// <param name="delta">δ, above 0, in units of the target.</param>
    public HuberLoss(double delta) =>
        Delta =
            delta > 0 && double.IsFinite(delta)
                ? delta
                : throw new ArgumentOutOfRangeException(nameof(delta), delta, "Huber's delta is positive and finite.");

    /// <summary>δ.</summary>
    public double Delta { get; }

    public Link Link => Link.Identity;

    public Family? Family => null;

    public double Loss(double y, double eta) => HalfDeviances.LossOf(this, y, eta);

    public (double Gradient, double Hessian) Derivatives(double y, double eta) => HalfDeviances.DerivativesOf(this, y, eta);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    T IHalfDeviance.Loss<T>(T y, T eta)
    {
        var (r, delta, half) = (T.Abs(eta - y), T.Create(Delta), T.Create(0.5));
        return T.WhereLess(r, delta, half * r * r, delta * (r - half * delta));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    (T Gradient, T Hessian) IHalfDeviance.Derivatives<T>(T y, T eta)
    {
        var (r, delta, zero) = (eta - y, T.Create(Delta), T.Create(0));
        return (T.WhereLess(T.Abs(r), delta, r, T.WhereLess(r, zero, zero - delta, delta)), T.Create(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    (T Loss, T Gradient, T Hessian) IHalfDeviance.Both<T>(T y, T eta)
    {
        var (r, delta, zero, half) = (eta - y, T.Create(Delta), T.Create(0), T.Create(0.5));
        var size = T.Abs(r);
        return (
            T.WhereLess(size, delta, half * size * size, delta * (size - half * delta)),
            T.WhereLess(size, delta, r, T.WhereLess(r, zero, zero - delta, delta)),
            T.Create(1)
        );
    }
}
