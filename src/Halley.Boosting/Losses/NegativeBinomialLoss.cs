using Halley.Data;
using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Boosting;

/// <summary>Negative binomial with θ given, or estimated while trees are grown.</summary>
/// <remarks>Where θ is estimated the deviance is −2·ln f, so that rounds with different θ compare.</remarks>
sealed class NegativeBinomialLoss(double theta, bool isEstimated)
    : FamilyLoss<NegativeBinomialLogLoss>("NegativeBinomial", new(theta))
{
    internal override double? Shape => theta;

    internal override BoostingLoss Reestimated(RowVectors vectors, double[] eta, int threads) =>
        isEstimated ? new NegativeBinomialLoss(Estimate(vectors, eta, threads), isEstimated: true) : this;

    internal override BoostingLoss WithShape(double shape) =>
        isEstimated ? new NegativeBinomialLoss(shape, isEstimated: true) : this;

    internal override double Deviance(ReadOnlySpan<double> target, ReadOnlySpan<double> weight, ReadOnlySpan<double> eta) =>
        isEstimated ? -2 * LogLikelihood(theta, target, weight, eta) : base.Deviance(target, weight, eta);

    static double Estimate(RowVectors vectors, double[] eta, int threads) =>
        VectorMath.Exp(
            ShapeSearch.Minimum(
                logTheta =>
                    -ShapeSearch.Sum(
                        vectors,
                        eta,
                        threads,
                        (target, weight, score) => LogLikelihood(VectorMath.Exp(logTheta), target, weight, score)
                    ),
                VectorMath.Log(1e-3),
                VectorMath.Log(1e5)
            )
        );

    static double LogLikelihood(double theta, ReadOnlySpan<double> target, ReadOnlySpan<double> weight, ReadOnlySpan<double> eta)
    {
        var (family, sum) = (new NegativeBinomialFamily(theta), 0.0);
        for (var row = 0; row < target.Length; row++)
            sum += family.LogLikelihood(target[row], VectorMath.Exp(eta[row]), weight[row], 1);
        return sum;
    }
}
