using System.Runtime.CompilerServices;
using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>Minus the log likelihood of a Poisson count that is 0 in any case with probability π; e^η is its mean.</summary>
/// <remarks>
/// λ = e^η/(1 − π). y = 0: ℓ = −ln(π + (1 − π)·e^−λ); y &gt; 0: ℓ = λ − y·ln λ − ln(1 − π), less ln y!. With q the chance that a zero
/// is one of the Poisson's, the slope is q·λ at a zero and λ − y elsewhere. The curvature given at a zero is q·λ, that of the EM
/// algorithm's parabola, which is at least the true one and never negative. Domain: y ≥ 0.
/// Source: Lambert (1992), Technometrics 34(1), 1–14.
/// </remarks>
public readonly record struct ZeroInflatedPoissonLoss : IHalfDeviance
{
    /// <param name="zeroShare">π, between 0 and 1, both excluded.</param>
    public ZeroInflatedPoissonLoss(double zeroShare) =>
        ZeroShare = zeroShare is > 0 and < 1
            ? zeroShare
            : throw new ArgumentOutOfRangeException(nameof(zeroShare), zeroShare, "a share of zeros lies between 0 and 1.");

    /// <summary>π.</summary>
    public double ZeroShare { get; }

    public Link Link => Link.Log;

    public Family? Family => null;

    public double Loss(double y, double eta) => HalfDeviances.LossOf(this, y, eta);

    public (double Gradient, double Hessian) Derivatives(double y, double eta) => HalfDeviances.DerivativesOf(this, y, eta);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    T IHalfDeviance.Loss<T>(T y, T eta) => Both(y, eta).Loss;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    (T Gradient, T Hessian) IHalfDeviance.Derivatives<T>(T y, T eta)
    {
        var (_, gradient, hessian) = Both(y, eta);
        return (gradient, hessian);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    (T Loss, T Gradient, T Hessian) IHalfDeviance.Both<T>(T y, T eta) => Both(y, eta);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    (T Loss, T Gradient, T Hessian) Both<T>(T y, T eta)
        where T : struct, ILanes<T>
    {
        var (zero, share, rest) = (T.Create(0), T.Create(ZeroShare), T.Create(1 - ZeroShare));
        var logRest = T.Create(VectorMath.Log(1 - ZeroShare));
        var lambda = ExpFunction.Apply(eta) / rest;
        var counted = rest * ExpFunction.Apply(zero - lambda);
        var chance = share + counted;
        var slope = counted / chance * lambda;
        return (
            T.WhereEqual(y, zero, zero - LogFunction.Apply(chance), lambda - y * (eta - logRest) - logRest),
            T.WhereEqual(y, zero, slope, lambda - y),
            T.WhereEqual(y, zero, slope, lambda)
        );
    }
}
