using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>Gamma half deviance under the log link, for claim sizes.</summary>
/// <remarks>ℓ(y, η) = y·e^−η + η; terms in y alone are dropped. Domain: y &gt; 0.</remarks>
public readonly record struct GammaLogLoss : IHalfDeviance
{
    public Link Link => Link.Log;

    public Family Family => Family.Gamma;

    public double Loss(double y, double eta) => y * VectorMath.Exp(-eta) + eta;

    public (double Gradient, double Hessian) Derivatives(double y, double eta)
    {
        var ratio = y * VectorMath.Exp(-eta);
        return (1 - ratio, ratio);
    }
}
