using Halley.Data;
using Halley.Kernels;
using Halley.Statistics;

namespace Halley.Boosting;

/// <summary>The likelihood of a distribution whose mean and second parameter both have trees.</summary>
/// <remarks>
/// Hessians are Fisher information, so that steps follow the natural gradient: Duan et al. (2020), ICML 119, 2690–2700; trees of the two
/// parameters take turns within a round, each at the other's latest scores: Thomas et al. (2018), Statistics and Computing 28, 673–687.
/// </remarks>
/// <param name="searchesPower">Whether the power of a Tweedie is looked for at the scores of the finished fit.</param>
sealed class SpreadLoss<TFamily>(TFamily family, bool searchesPower = false) : JointLoss
    where TFamily : struct, ITwoParameterFamily
{
    internal const int Location = 0;
    internal const int Spread = 1;

    /// <summary>Where the second score is looked for before the first tree.</summary>
    const double Widest = 12;

    /// <summary>Units of the mean's derivatives; known from the start on.</summary>
    double unit = 1;

    internal override int OutputCount => 2;

    /// <summary>The exposure multiplies the mean; the second parameter is one of the row.</summary>
    internal override bool TakesOffset(int output) => output == Location;

    internal override ScoreTransform Transform => ScoreTransform.None;

    internal override double[] Starts(RowVectors learn, double start, int threads)
    {
        var eta = Array.ConvertAll(learn.Offset.ToArray(), offset => offset + start);
        var spread = ShapeSearch.Minimum(
            spread =>
                ShapeSearch.Sum(
                    learn,
                    eta,
                    threads,
                    (target, weight, location) =>
                    {
                        var sum = 0.0;
                        for (var i = 0; i < target.Length; i++)
                            sum += weight[i] * family.Loss(target[i], location[i], spread);
                        return sum;
                    }
                ),
            -Widest,
            Widest
        );
        unit = family.LocationUnit(spread);
        return [start, spread];
    }

    internal override BoostingLoss Of(int output, JointRows rows) =>
        output == Location ? new LocationOf(family, unit, rows) : new SpreadOf(family, rows);

    internal override double MeanDeviance(JointRows rows, double[][] scores, int threads)
    {
        var sum = RowBlocks.Sum(
            rows.Count,
            threads,
            block =>
            {
                var loss = 0.0;
                for (var row = block.Start; row < block.End; row++)
                    loss +=
                        rows.Vectors.Weight[row]
                        * family.Loss(rows.Vectors.Target[row], scores[Location][row], scores[Spread][row]);
                return loss;
            }
        );
        return 2 * sum / rows.Vectors.Weight.Sum();
    }

    internal override double[] Shifts(Balance balance, JointRows rows, double[][] scores, int threads) =>
        [balance.Shift(scores[Location]), 0];

    internal override double BalanceOf(Balance balance, JointRows rows, double[][] scores, int threads) =>
        balance.Of(scores[Location]);

    internal override double? ShapeAt(RowVectors learn, double[][] scores, int threads) =>
        searchesPower ? TweediePowerSearch.At(learn, scores[Location], scores[Spread], threads) : null;

    internal override Family? FamilyAt(RowVectors learn, double[][] scores, int threads) =>
        family is NegativeBinomialMeanSize
            ? new NegativeBinomialLoss(1, isEstimated: true).Reestimated(learn, scores[Location], threads).Family
            : null;

    sealed class LocationOf(TFamily family, double unit, JointRows rows) : NumberedLoss(rows)
    {
        internal override string Name => "mean";

        protected override (double Loss, double Gradient, double Hessian) At(int row, double eta)
        {
            var (y, spread) = (Rows.Vectors.Target[row], Rows.Scores[Spread][row]);
            var (gradient, information) = family.LocationSlope(y, eta, spread);
            return (unit * family.Loss(y, eta, spread), unit * gradient, unit * information);
        }
    }

    sealed class SpreadOf(TFamily family, JointRows rows) : NumberedLoss(rows)
    {
        internal override string Name => family.SpreadName;

        protected override (double Loss, double Gradient, double Hessian) At(int row, double eta)
        {
            var (y, location) = (Rows.Vectors.Target[row], Rows.Scores[Location][row]);
            var (gradient, information) = family.SpreadSlope(y, location, eta);
            return (family.Loss(y, location, eta), gradient, information);
        }
    }
}
