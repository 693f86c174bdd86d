using System.Runtime.CompilerServices;

namespace Halley.Statistics;

/// <summary>The loss whose minimum is a quantile, under the identity link.</summary>
/// <remarks>
/// ℓ = τ·(y − η) where η ≤ y, else (1 − τ)·(η − y). It has no curvature; 1 is given, so that splits are found on gradients alone, and
/// a leaf must take the quantile of its residuals. Domain: finite y.
/// Source: Koenker and Bassett (1978), Econometrica 46(1), 33–50.
/// </remarks>
public readonly record struct PinballLoss : IHalfDeviance
{
    /// <param name="level">τ, between 0 and 1, both excluded.</param>
    public PinballLoss(double level) =>
        Level = level is > 0 and < 1
            ? level
            : throw new ArgumentOutOfRangeException(nameof(level), level, "a quantile's level lies between 0 and 1.");

    /// <summary>τ.</summary>
    public double Level { get; }

    public Link Link => Link.Identity;

    public Family? Family => null;

    public double Loss(double y, double eta) => HalfDeviances.LossOf(this, y, eta);

    public (double Gradient, double Hessian) Derivatives(double y, double eta) => HalfDeviances.DerivativesOf(this, y, eta);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    T IHalfDeviance.Loss<T>(T y, T eta) => T.WhereLess(y, eta, T.Create(1 - Level) * (eta - y), T.Create(Level) * (y - eta));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    (T Gradient, T Hessian) IHalfDeviance.Derivatives<T>(T y, T eta) =>
        (T.WhereLess(y, eta, T.Create(1 - Level), T.Create(-Level)), T.Create(1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    (T Loss, T Gradient, T Hessian) IHalfDeviance.Both<T>(T y, T eta) =>
        (
            T.WhereLess(y, eta, T.Create(1 - Level) * (eta - y), T.Create(Level) * (y - eta)),
            T.WhereLess(y, eta, T.Create(1 - Level), T.Create(-Level)),
            T.Create(1)
        );
}
