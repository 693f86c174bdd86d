using Halley.Statistics;

namespace Halley.Boosting;

/// <summary>A loss whose formulas are compiled into its loops.</summary>
abstract class LossOver<TLoss>(string name, TLoss loss) : BoostingLoss
    where TLoss : struct, IHalfDeviance
{
    protected TLoss Loss { get; } = loss;

    internal override string Name => name;

    internal override Link Link => Loss.Link;

    internal override double Derive(
        ReadOnlySpan<double> target,
        ReadOnlySpan<double> weight,
        ReadOnlySpan<double> eta,
        Span<double> gradient,
        Span<double> hessian
    ) => HalfDeviances.SumWithDerivatives(Loss, target, eta, weight, gradient, hessian);

    internal override double Sum(ReadOnlySpan<double> target, ReadOnlySpan<double> weight, ReadOnlySpan<double> eta) =>
        HalfDeviances.Sum(Loss, target, eta, weight);
}
