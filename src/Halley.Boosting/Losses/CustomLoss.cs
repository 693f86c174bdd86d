using Halley.Data;
using Halley.Statistics;

namespace Halley.Boosting;

/// <summary>A caller's objective over spans of rows.</summary>
sealed class CustomLoss(ICustomObjective objective) : BoostingLoss
{
    internal override string Name => objective.Name;

    internal override Link Link => objective.Link;

    internal override bool PredictsMean => objective.PredictsMean;

    internal override string Domain => objective.Domain;

    internal override int IndexOutsideDomain(ReadOnlySpan<double> target)
    {
        for (var row = 0; row < target.Length; row++)
        {
            if (!objective.InDomain(target[row]))
                return row;
        }
        return -1;
    }

    /// <summary>The balance of a mean, else the median of the targets as scores, offset apart.</summary>
    internal override double Start(RowVectors vectors, Balance balance)
    {
        if (PredictsMean)
            return base.Start(vectors, balance);
        var rest = new double[vectors.Target.Count];
        for (var row = 0; row < rest.Length; row++)
            rest[row] = objective.Link.Apply(vectors.Target[row]) - vectors.Offset[row];
        return WeightedQuantile.Of(rest, vectors.Weight.ToArray(), 0.5);
    }

    internal override double Derive(
        ReadOnlySpan<double> target,
        ReadOnlySpan<double> weight,
        ReadOnlySpan<double> eta,
        Span<double> gradient,
        Span<double> hessian
    )
    {
        var sum = 0.0;
        for (var row = 0; row < target.Length; row++)
        {
            var (slope, curvature) = objective.Derivatives(target[row], eta[row]);
            if (!(curvature >= 0))
                BoostingErrors.ThrowBadCurvature(objective.Name, target[row], eta[row], curvature);
            (gradient[row], hessian[row]) = (weight[row] * slope, weight[row] * curvature);
            sum += weight[row] * objective.Loss(target[row], eta[row]);
        }
        return sum;
    }

    internal override double Sum(ReadOnlySpan<double> target, ReadOnlySpan<double> weight, ReadOnlySpan<double> eta)
    {
        var sum = 0.0;
        for (var row = 0; row < target.Length; row++)
            sum += weight[row] * objective.Loss(target[row], eta[row]);
        return sum;
    }

    internal override double Deviance(ReadOnlySpan<double> target, ReadOnlySpan<double> weight, ReadOnlySpan<double> eta) =>
        2 * Sum(target, weight, eta);
}
