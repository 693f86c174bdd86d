using Halley.Data;
using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Boosting;

/// <summary>Zero-inflated Poisson with its share of certain zeros given, or estimated while trees are grown.</summary>
sealed class ZeroInflatedLoss(double zeroShare, bool isEstimated)
    : LossOver<ZeroInflatedPoissonLoss>("ZeroInflatedPoisson", new(zeroShare))
{
    internal override double? Shape => zeroShare;

    internal override string Domain => Family.Poisson.Domain;

    internal override int IndexOutsideDomain(ReadOnlySpan<double> target) => Family.Poisson.IndexOutsideDomain(target);

    internal override BoostingLoss Reestimated(RowVectors vectors, double[] eta, int threads) =>
        isEstimated ? new ZeroInflatedLoss(Estimate(vectors, eta, threads), isEstimated: true) : this;

    internal override BoostingLoss WithShape(double shape) => isEstimated ? new ZeroInflatedLoss(shape, isEstimated: true) : this;

    /// <summary>−2·ln f, but for ln y!.</summary>
    internal override double Deviance(ReadOnlySpan<double> target, ReadOnlySpan<double> weight, ReadOnlySpan<double> eta) =>
        2 * Sum(target, weight, eta);

    static double Estimate(RowVectors vectors, double[] eta, int threads) =>
        VectorMath.Logistic(
            ShapeSearch.Minimum(
                logit =>
                    ShapeSearch.Sum(
                        vectors,
                        eta,
                        threads,
                        (target, weight, score) =>
                            HalfDeviances.Sum(new ZeroInflatedPoissonLoss(VectorMath.Logistic(logit)), target, score, weight)
                    ),
                low: -12,
                high: 12
            )
        );
}
