namespace Halley.Statistics;

/// <content>Figures of how well predictions put rows in order.</content>
public static partial class Metrics
{
    /// <summary>The normalised, exposure-weighted Gini of predicted rates: 1 for a perfect order, 0 for none, negative for a wrong one.</summary>
    /// <param name="actual">Observed totals ≥ 0 (claims or cost), not rates.</param>
    /// <param name="predictedRate">Predictions a unit of exposure; only their order matters.</param>
    /// <param name="exposure">Years at risk ≥ 0; empty stands for ones.</param>
    /// <returns>NaN where the actual rates are all equal, because there is then no order to find.</returns>
    public static double Gini(
        ReadOnlySpan<double> actual,
        ReadOnlySpan<double> predictedRate,
        ReadOnlySpan<double> exposure = default
    )
    {
        Shapes.Check(actual, predictedRate, exposure);
        return new Gini(actual, exposure).Normalised(Ranking.Rising(predictedRate));
    }

    /// <summary><see cref="Gini(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double})"/> with a bootstrap interval.</summary>
    public static Estimate GiniInterval(
        ReadOnlySpan<double> actual,
        ReadOnlySpan<double> predictedRate,
        ReadOnlySpan<double> exposure = default,
        BootstrapOptions? options = null
    )
    {
        Shapes.Check(actual, predictedRate, exposure);
        var gini = new Gini(actual, exposure);
        var ranking = Ranking.Rising(predictedRate);
        return Bootstrap.Interval(actual.Length, multiplicity => gini.Normalised(ranking, multiplicity), options);
    }

    /// <summary>Gini of the first predictions less that of the second on the same rows, with a paired bootstrap interval.</summary>
    public static Estimate GiniDifference(
        ReadOnlySpan<double> actual,
        ReadOnlySpan<double> firstRate,
        ReadOnlySpan<double> secondRate,
        ReadOnlySpan<double> exposure = default,
        BootstrapOptions? options = null
    )
    {
        Shapes.Check(actual, firstRate, exposure);
        Shapes.Same(actual, secondRate);
        var gini = new Gini(actual, exposure);
        var (first, second) = (Ranking.Rising(firstRate), Ranking.Rising(secondRate));
        return Bootstrap.Interval(
            actual.Length,
            multiplicity => gini.Normalised(first, multiplicity) - gini.Normalised(second, multiplicity),
            options
        );
    }

    /// <summary>Points of the Lorenz curve from (0, 0) to (1, 1): rows by rising predicted rate, exposure against actual.</summary>
    /// <param name="actual">Observed totals ≥ 0.</param>
    /// <param name="predictedRate">Predictions a unit of exposure.</param>
    /// <param name="exposure">Years at risk; empty stands for ones.</param>
    /// <param name="maxPoints">At most about this many points, evenly spread over the exposure.</param>
    public static LorenzPoint[] LorenzCurve(
        ReadOnlySpan<double> actual,
        ReadOnlySpan<double> predictedRate,
        ReadOnlySpan<double> exposure = default,
        int maxPoints = 1000
    )
    {
        Shapes.Check(actual, predictedRate, exposure);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPoints, 2);
        var (totalExposure, totalActual) = (Total(actual.Length, exposure), Total(actual.Length, actual));
        var ranking = Ranking.Rising(predictedRate);
        var points = new List<LorenzPoint> { new(0, 0) };
        var (exposureSoFar, actualSoFar) = (0.0, 0.0);
        for (var tie = 0; tie < ranking.TieCount; tie++)
        {
            foreach (var row in ranking.Tie(tie))
            {
                exposureSoFar += WeightAt(exposure, row);
                actualSoFar += actual[row];
            }
            var last = tie == ranking.TieCount - 1;
            if (last || exposureSoFar / totalExposure >= points[^1].ExposureShare + 1.0 / (maxPoints - 1))
                points.Add(last ? new(1, 1) : new(exposureSoFar / totalExposure, actualSoFar / totalActual));
        }
        return [.. points];
    }

    /// <summary>Weighted area under the ROC curve: the chance that a positive row scores above a negative one, ties counting half.</summary>
    /// <param name="y">Share of positives in each row, in [0, 1]: usually 0 or 1.</param>
    /// <param name="score">Any score that rises with the chance.</param>
    /// <param name="weight">Case weights; empty stands for ones.</param>
    /// <returns>NaN without positives or without negatives.</returns>
    public static double Auc(ReadOnlySpan<double> y, ReadOnlySpan<double> score, ReadOnlySpan<double> weight = default)
    {
        Shapes.Check(y, score, weight);
        return Shares(y, score, weight).Auc;
    }

    /// <summary>Average precision: precision at every score from the highest down, weighted by the recall it adds.</summary>
    /// <remarks>Σ (Rₖ − Rₖ₋₁)·Pₖ over different scores, without interpolation. Spans as in <see cref="Auc"/>.</remarks>
    /// <returns>NaN without positives.</returns>
    public static double AveragePrecision(
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> score,
        ReadOnlySpan<double> weight = default
    )
    {
        Shapes.Check(y, score, weight);
        return Shares(y, score, weight).AveragePrecision;
    }

    static RankedShares Shares(ReadOnlySpan<double> y, ReadOnlySpan<double> score, ReadOnlySpan<double> weight)
    {
        var (ranking, shares) = (Ranking.Rising(score), new RankedShares());
        for (var tie = ranking.TieCount - 1; tie >= 0; tie--)
        {
            var (positives, negatives) = PositivesAndNegatives(ranking.Tie(tie), y, weight);
            shares.Add(positives, negatives);
        }
        return shares;
    }

    static (double Positives, double Negatives) PositivesAndNegatives(
        ReadOnlySpan<int> rows,
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> weight
    )
    {
        var (positives, negatives) = (0.0, 0.0);
        foreach (var row in rows)
        {
            positives += WeightAt(weight, row) * y[row];
            negatives += WeightAt(weight, row) * (1 - y[row]);
        }
        return (positives, negatives);
    }
}
