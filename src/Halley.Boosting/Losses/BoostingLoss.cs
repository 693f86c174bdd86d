using Halley.Data;
using Halley.Statistics;

namespace Halley.Boosting;

/// <summary>The loss of an objective over spans of rows.</summary>
abstract class BoostingLoss
{
    internal static BoostingLoss Of(BoostingOptions options) =>
        options.Objective switch
        {
            BoostingObjective.Poisson => new FamilyLoss<PoissonLogLoss>("Poisson", default),
            BoostingObjective.Gamma => new FamilyLoss<GammaLogLoss>("Gamma", default),
            BoostingObjective.Tweedie => new TweedieLoss(options.TweediePower, dispersion: 1, options.EstimateTweediePower),
            BoostingObjective.LogLoss => new FamilyLoss<BernoulliLogitLoss>("LogLoss", default),
            BoostingObjective.SquaredError => new FamilyLoss<SquaredError>("SquaredError", default),
            BoostingObjective.Huber => new LocationLoss<HuberLoss>("Huber", new(options.HuberDelta), level: null),
            BoostingObjective.Quantile => new LocationLoss<PinballLoss>(
                "Quantile",
                new(options.QuantileLevel),
                options.QuantileLevel
            ),
            BoostingObjective.NegativeBinomial => new NegativeBinomialLoss(
                options.Theta ?? 1,
                isEstimated: options.Theta is null
            ),
            BoostingObjective.ZeroInflatedPoisson => new ZeroInflatedLoss(
                options.ZeroShare ?? 0.1,
                isEstimated: options.ZeroShare is null
            ),
            BoostingObjective.Multiclass => new ClassCodes(options.Classes),
            _ => throw new InvalidOperationException($"objective {options.Objective} is not known."),
        };

    /// <summary>The objective's name, for messages.</summary>
    internal abstract string Name { get; }

    internal abstract Link Link { get; }

    /// <summary>The family whose mean is fitted, with its own parameter as it stands; null where it is none.</summary>
    internal virtual Family? Family => null;

    /// <summary>Whether the prediction is a mean, so that a portfolio's total can be kept.</summary>
    internal virtual bool PredictsMean => true;

    /// <summary>The quantile of a leaf's residuals that is its value; null where leaves take Newton steps.</summary>
    internal virtual double? Level => null;

    /// <summary>The loss's own parameter, where it has one that can be estimated.</summary>
    internal virtual double? Shape => null;

    /// <summary>The domain of the target in words.</summary>
    internal abstract string Domain { get; }

    /// <summary>Row of the first target outside the domain, or −1.</summary>
    internal abstract int IndexOutsideDomain(ReadOnlySpan<double> target);

    /// <summary>The constant that all scores start at, offset apart; not finite where there is none.</summary>
    internal virtual double Start(RowVectors vectors, Balance balance) => balance.Shift(vectors.Offset);

    /// <summary>The same loss with its parameter estimated at the scores so far; itself where none is.</summary>
    /// <param name="eta">Shape (n).</param>
    internal virtual BoostingLoss Reestimated(RowVectors vectors, double[] eta, int threads) => this;

    /// <summary>The same loss with its parameter as it was estimated; itself where it has none to estimate.</summary>
    internal virtual BoostingLoss WithShape(double shape) => this;

    /// <summary>Gradient and hessian of each row's weighted half deviance. Shapes (n).</summary>
    /// <returns>Σ weight × half deviance, up to a constant of the target.</returns>
    internal abstract double Derive(
        ReadOnlySpan<double> target,
        ReadOnlySpan<double> weight,
        ReadOnlySpan<double> eta,
        Span<double> gradient,
        Span<double> hessian
    );

    /// <summary>Σ weight × half deviance, up to a constant of the target. Shapes (n).</summary>
    internal abstract double Sum(ReadOnlySpan<double> target, ReadOnlySpan<double> weight, ReadOnlySpan<double> eta);

    /// <summary>Σ weight × deviance with all its terms. Shapes (n).</summary>
    internal abstract double Deviance(ReadOnlySpan<double> target, ReadOnlySpan<double> weight, ReadOnlySpan<double> eta);
}
