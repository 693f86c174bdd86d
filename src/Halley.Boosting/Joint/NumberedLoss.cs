using Halley.Statistics;

namespace Halley.Boosting;

/// <summary>The loss of one score where the others stay as they are. Its targets are numbers of rows.</summary>
abstract class NumberedLoss(JointRows rows) : BoostingLoss
{
    protected JointRows Rows { get; } = rows;

    internal override Link Link => Link.Identity;

    internal override bool PredictsMean => false;

    internal override string Domain => "of the rows";

    internal override int IndexOutsideDomain(ReadOnlySpan<double> target) => -1;

    /// <summary>Loss, gradient and hessian of one row, its weight left out.</summary>
    protected abstract (double Loss, double Gradient, double Hessian) At(int row, double eta);

    internal override double Derive(
        ReadOnlySpan<double> target,
        ReadOnlySpan<double> weight,
        ReadOnlySpan<double> eta,
        Span<double> gradient,
        Span<double> hessian
    )
    {
        var sum = 0.0;
        for (var i = 0; i < target.Length; i++)
        {
            var (loss, slope, curvature) = At((int)target[i], eta[i]);
            (gradient[i], hessian[i]) = (weight[i] * slope, weight[i] * curvature);
            sum += weight[i] * loss;
        }
        return sum;
    }

    internal override double Sum(ReadOnlySpan<double> target, ReadOnlySpan<double> weight, ReadOnlySpan<double> eta)
    {
        var sum = 0.0;
        for (var i = 0; i < target.Length; i++)
            sum += weight[i] * At((int)target[i], eta[i]).Loss;
        return sum;
    }

    internal override double Deviance(ReadOnlySpan<double> target, ReadOnlySpan<double> weight, ReadOnlySpan<double> eta) =>
        2 * Sum(target, weight, eta);
}
