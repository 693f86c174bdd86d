using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>Log loss under the logit link, for yes and no.</summary>
/// <remarks>ℓ(y, η) = ln(1 + e^η) − y·η. Domain: 0 ≤ y ≤ 1.</remarks>
public readonly record struct BernoulliLogitLoss : IHalfDeviance
{
    public Link Link => Link.Logit;

    public Family Family => Family.Binomial;

    // ln(1 + e^η) without overflow: the larger of 0 and η, and the rest.
    public double Loss(double y, double eta) =>
        Math.Max(eta, 0) + VectorMath.LogOnePlus(VectorMath.Exp(-Math.Abs(eta))) - y * eta;

    public (double Gradient, double Hessian) Derivatives(double y, double eta)
    {
        // From e^−|η|, so that the Hessian keeps its relative accuracy where μ rounds to 1.
        var small = VectorMath.Exp(-Math.Abs(eta));
        var scale = 1 / (1 + small);
        var mu = eta < 0 ? small * scale : scale;
        return (mu - y, small * scale * scale);
    }
}
