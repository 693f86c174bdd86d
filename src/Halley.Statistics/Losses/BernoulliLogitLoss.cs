using System.Runtime.CompilerServices;
using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>Log loss under the logit link, for yes and no.</summary>
/// <remarks>ℓ(y, η) = ln(1 + e^η) − y·η. Domain: 0 ≤ y ≤ 1.</remarks>
public readonly record struct BernoulliLogitLoss : IHalfDeviance
{
    public Link Link => Link.Logit;

    public Family? Family => Family.Binomial;

    public double Loss(double y, double eta) => HalfDeviances.LossOf(this, y, eta);

    public (double Gradient, double Hessian) Derivatives(double y, double eta) => HalfDeviances.DerivativesOf(this, y, eta);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    T IHalfDeviance.Loss<T>(T y, T eta)
    {
        // ln(1 + e^η) without overflow: the larger of 0 and η, and the rest, ln(1 + t) with the rounding of 1 + t put back.
        var (zero, one) = (T.Create(0), T.Create(1));
        var small = ExpFunction.Apply(zero - T.Abs(eta));
        var sum = one + small;
        var rest = LogFunction.Apply(sum) + (small - (sum - one)) / sum;
        return T.WhereLess(eta, zero, zero, eta) + rest - y * eta;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    (T Gradient, T Hessian) IHalfDeviance.Derivatives<T>(T y, T eta)
    {
        // From e^−|η|, so that the Hessian keeps its relative accuracy where μ rounds to 1.
        var (zero, one) = (T.Create(0), T.Create(1));
        var small = ExpFunction.Apply(zero - T.Abs(eta));
        var scale = one / (one + small);
        var mu = T.WhereLess(eta, zero, small * scale, scale);
        return (mu - y, small * scale * scale);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    (T Loss, T Gradient, T Hessian) IHalfDeviance.Both<T>(T y, T eta)
    {
        var (zero, one) = (T.Create(0), T.Create(1));
        var small = ExpFunction.Apply(zero - T.Abs(eta));
        var sum = one + small;
        var rest = LogFunction.Apply(sum) + (small - (sum - one)) / sum;
        var scale = one / sum;
        var mu = T.WhereLess(eta, zero, small * scale, scale);
        return (T.WhereLess(eta, zero, zero, eta) + rest - y * eta, mu - y, small * scale * scale);
    }
}
