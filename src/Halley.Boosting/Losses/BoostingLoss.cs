using Halley.Statistics;

namespace Halley.Boosting;

/// <summary>The loss of an objective over spans of rows.</summary>
abstract class BoostingLoss
{
    internal static BoostingLoss Of(BoostingOptions options) =>
        options.Objective switch
        {
            BoostingObjective.Poisson => new Over<PoissonLogLoss>(default),
            BoostingObjective.Gamma => new Over<GammaLogLoss>(default),
            BoostingObjective.Tweedie => new Over<TweedieLogLoss>(new(options.TweediePower)),
            BoostingObjective.LogLoss => new Over<BernoulliLogitLoss>(default),
            BoostingObjective.SquaredError => new Over<SquaredError>(default),
            _ => throw new InvalidOperationException($"objective {options.Objective} is not known."),
        };

    internal abstract Link Link { get; }

    internal abstract Family Family { get; }

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

    sealed class Over<TLoss>(TLoss loss) : BoostingLoss
        where TLoss : struct, IHalfDeviance
    {
        internal override Link Link => loss.Link;

        internal override Family Family => loss.Family;

        internal override double Derive(
            ReadOnlySpan<double> target,
            ReadOnlySpan<double> weight,
            ReadOnlySpan<double> eta,
            Span<double> gradient,
            Span<double> hessian
        ) => HalfDeviances.SumWithDerivatives(loss, target, eta, weight, gradient, hessian);

        internal override double Sum(ReadOnlySpan<double> target, ReadOnlySpan<double> weight, ReadOnlySpan<double> eta) =>
            HalfDeviances.Sum(loss, target, eta, weight);
    }
}
