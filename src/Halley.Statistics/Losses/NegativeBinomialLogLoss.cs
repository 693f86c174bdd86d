using System.Runtime.CompilerServices;
using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>Negative binomial half deviance under the log link, for counts that vary more than Poisson's.</summary>
/// <remarks>
/// ℓ(y, η) = (y + θ)·ln(e^η + θ) − y·η, with Var(Y) = μ + μ²/θ; terms in y alone are dropped. Slope θ·(μ − y)/(μ + θ), curvature
/// (y + θ)·θ·μ/(μ + θ)². Domain: y ≥ 0.
/// </remarks>
public readonly record struct NegativeBinomialLogLoss : IHalfDeviance
{
    /// <param name="theta">θ, above 0.</param>
    public NegativeBinomialLogLoss(double theta) => Theta = new NegativeBinomialFamily(theta).Theta;

    /// <summary>θ: the smaller, the more dispersed.</summary>
    public double Theta { get; }

    public Link Link => Link.Log;

    public Family? Family => Family.NegativeBinomial(Theta);

    public double Loss(double y, double eta) => HalfDeviances.LossOf(this, y, eta);

    public (double Gradient, double Hessian) Derivatives(double y, double eta) => HalfDeviances.DerivativesOf(this, y, eta);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    T IHalfDeviance.Loss<T>(T y, T eta)
    {
        var theta = T.Create(Theta);
        return (y + theta) * LogFunction.Apply(ExpFunction.Apply(eta) + theta) - y * eta;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    (T Gradient, T Hessian) IHalfDeviance.Derivatives<T>(T y, T eta)
    {
        var (theta, mu) = (T.Create(Theta), ExpFunction.Apply(eta));
        var share = theta / (mu + theta);
        return (share * (mu - y), (y + theta) * share * (mu / (mu + theta)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    (T Loss, T Gradient, T Hessian) IHalfDeviance.Both<T>(T y, T eta)
    {
        var (theta, mu) = (T.Create(Theta), ExpFunction.Apply(eta));
        var sum = mu + theta;
        var share = theta / sum;
        return ((y + theta) * LogFunction.Apply(sum) - y * eta, share * (mu - y), (y + theta) * share * (mu / sum));
    }
}
