using Halley.Statistics;

namespace Halley.Boosting;

/// <summary>One class's score against the others as they stood when the round began.</summary>
sealed class ClassLoss(int output, int classes, JointRows rows) : NumberedLoss(rows)
{
    /// <summary>See <see cref="SoftmaxLoss"/>.</summary>
    readonly double factor = classes / (classes - 1.0);

    internal override string Name => "Multiclass";

    protected override (double Loss, double Gradient, double Hessian) At(int row, double eta)
    {
        var y = Rows.Vectors.Target[row] == output ? 1 : 0;
        var logit = eta - Rows.Notes[output][row];
        var (gradient, hessian) = new BernoulliLogitLoss().Derivatives(y, logit);
        return (new BernoulliLogitLoss().Loss(y, logit), gradient, factor * hessian);
    }
}
