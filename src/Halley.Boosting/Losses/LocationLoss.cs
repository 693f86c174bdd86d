using Halley.Data;
using Halley.Statistics;

namespace Halley.Boosting;

/// <summary>A loss of the distance between target and score alone, which fits a middle or a quantile, not a mean.</summary>
/// <param name="level">The quantile that leaves take; null for Newton steps.</param>
sealed class LocationLoss<TLoss>(string name, TLoss loss, double? level) : LossOver<TLoss>(name, loss)
    where TLoss : struct, IHalfDeviance
{
    internal override bool PredictsMean => false;

    internal override double? Level => level;

    internal override string Domain => "of finite numbers";

    internal override int IndexOutsideDomain(ReadOnlySpan<double> target) => target.IndexOfAnyNotFinite();

    /// <summary>The quantile of what the offset leaves; the median where no quantile is fitted.</summary>
    internal override double Start(RowVectors vectors, Balance balance)
    {
        var rest = new double[vectors.Target.Count];
        for (var row = 0; row < rest.Length; row++)
            rest[row] = vectors.Target[row] - vectors.Offset[row];
        return WeightedQuantile.Of(rest, vectors.Weight.ToArray(), level ?? 0.5);
    }

    internal override double Deviance(ReadOnlySpan<double> target, ReadOnlySpan<double> weight, ReadOnlySpan<double> eta) =>
        2 * Sum(target, weight, eta);
}
