using Halley.Data;
using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Boosting;

/// <summary>Tweedie with its variance power given, or searched while trees are grown.</summary>
/// <remarks>
/// Where it is searched the deviance is −2·ln f at the dispersion of largest likelihood, so that rounds with different powers
/// compare. The search is by profile likelihood: Dunn and Smyth (2005), Statistics and Computing 15, 267–280.
/// </remarks>
sealed class TweedieLoss(double power, double dispersion, bool isEstimated) : FamilyLoss<TweedieLogLoss>("Tweedie", new(power))
{
    const int DispersionSteps = 12;

    /// <summary>Powers that are searched: nearer to 1 or 2 the density's series have too many terms.</summary>
    internal const double LowestPower = 1.05;
    internal const double HighestPower = 1.95;

    internal override double? Shape => isEstimated ? power : null;

    internal override BoostingLoss Reestimated(RowVectors vectors, double[] eta, int threads)
    {
        if (!isEstimated)
            return this;
        var best = ShapeSearch.Minimum(
            candidate => -LogLikelihood(candidate, DispersionAt(candidate, vectors, eta, threads), vectors, eta, threads),
            LowestPower,
            HighestPower
        );
        return new TweedieLoss(best, DispersionAt(best, vectors, eta, threads), isEstimated: true);
    }

    internal override double Deviance(ReadOnlySpan<double> target, ReadOnlySpan<double> weight, ReadOnlySpan<double> eta) =>
        isEstimated ? -2 * LogLikelihood(new(power), dispersion, target, weight, eta) : base.Deviance(target, weight, eta);

    static double LogLikelihood(double power, double dispersion, RowVectors vectors, double[] eta, int threads) =>
        ShapeSearch.Sum(
            vectors,
            eta,
            threads,
            (target, weight, score) => LogLikelihood(new(power), dispersion, target, weight, score)
        );

    static double LogLikelihood(
        TweedieFamily family,
        double dispersion,
        ReadOnlySpan<double> target,
        ReadOnlySpan<double> weight,
        ReadOnlySpan<double> eta
    )
    {
        var sum = 0.0;
        for (var row = 0; row < target.Length; row++)
            sum += family.LogLikelihood(target[row], VectorMath.Exp(eta[row]), weight[row], dispersion);
        return sum;
    }

    /// <summary>The dispersion of largest likelihood, by Newton steps in its logarithm from the mean deviance on.</summary>
    static double DispersionAt(double power, RowVectors vectors, double[] eta, int threads)
    {
        var family = new TweedieFamily(power);
        var deviance = ShapeSearch.Sum(
            vectors,
            eta,
            threads,
            (target, weight, score) =>
            {
                var sum = 0.0;
                for (var row = 0; row < target.Length; row++)
                    sum += weight[row] * family.UnitDeviance(target[row], VectorMath.Exp(score[row]));
                return sum;
            }
        );
        var log = VectorMath.Log(deviance / eta.Length);
        for (var step = 0; step < DispersionSteps; step++)
        {
            var phi = VectorMath.Exp(log);
            var slope = Derivative(family, phi, vectors, eta, threads, second: false);
            var curvature = Derivative(family, phi, vectors, eta, threads, second: true);
            // Outside the concave part the slope still tells the way.
            var move = Math.Clamp(curvature < 0 ? -slope / curvature : Math.Sign(slope), -1, 1);
            log += move;
            if (Math.Abs(move) < 1e-6)
                break;
        }
        return VectorMath.Exp(log);
    }

    static double Derivative(TweedieFamily family, double phi, RowVectors vectors, double[] eta, int threads, bool second) =>
        ShapeSearch.Sum(
            vectors,
            eta,
            threads,
            (target, weight, score) =>
            {
                var sum = 0.0;
                for (var row = 0; row < target.Length; row++)
                {
                    var (slope, curvature) = family.DispersionDerivatives(
                        target[row],
                        VectorMath.Exp(score[row]),
                        weight[row],
                        phi
                    );
                    sum += second ? curvature : slope;
                }
                return sum;
            }
        );
}
