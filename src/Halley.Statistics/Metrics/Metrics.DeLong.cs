namespace Halley.Statistics;

/// <content>How sure the area under the ROC curve is.</content>
public static partial class Metrics
{
    /// <summary><see cref="Auc"/> of rows that are positive or not, with the interval of DeLong.</summary>
    /// <remarks>
    /// The variance is that of the positives' shares of negatives below them over their number, plus that of the negatives' shares of
    /// positives above them over theirs; ties count half. Source: DeLong, DeLong and Clarke-Pearson (1988), Biometrics 44, 837–845.
    /// </remarks>
    /// <param name="y">1 for a positive row, 0 for another.</param>
    /// <param name="score">Any score that rises with the chance.</param>
    /// <param name="level">Of the two-sided interval.</param>
    /// <returns>NaN where there are not two positives and two negatives at least.</returns>
    /// <exception cref="ArgumentException">A row is neither 0 nor 1; the message names it.</exception>
    public static Estimate AucInterval(ReadOnlySpan<double> y, ReadOnlySpan<double> score, double level = 0.95)
    {
        Shapes.Same(y, score);
        var positives = 0.0;
        for (var row = 0; row < y.Length; row++)
        {
            if (y[row] is not (0 or 1))
                throw new ArgumentException(
                    $"row {row + 1}: {y[row]} is neither 0 nor 1; give each row as one of them.",
                    nameof(y)
                );
            positives += y[row];
        }
        var negatives = y.Length - positives;
        var ranking = Ranking.Rising(score);
        var (above, below) = (new Spread(), new Spread());
        var (positivesPassed, negativesPassed) = (0.0, 0.0);
        for (var tie = 0; tie < ranking.TieCount; tie++)
        {
            var (tiedPositives, tiedNegatives) = PositivesAndNegatives(ranking.Tie(tie), y, default);
            below.Add((negativesPassed + tiedNegatives / 2) / negatives, tiedPositives);
            above.Add((positives - positivesPassed - tiedPositives / 2) / positives, tiedNegatives);
            positivesPassed += tiedPositives;
            negativesPassed += tiedNegatives;
        }
        var error = Math.Sqrt(below.Variance / positives + above.Variance / negatives);
        return Estimate.Normal(Auc(y, score), error, level);
    }

    /// <summary>Variance of values that come in groups, kept without cancellation (West 1979).</summary>
    struct Spread
    {
        double _count;
        double _mean;
        double _squares;

        internal readonly double Variance => _squares / (_count - 1);

        internal void Add(double value, double times)
        {
            if (times == 0)
                return;
            _count += times;
            var step = value - _mean;
            _mean += step * times / _count;
            _squares += times * step * (value - _mean);
        }
    }
}
