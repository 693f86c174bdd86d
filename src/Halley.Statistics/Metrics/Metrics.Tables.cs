namespace Halley.Statistics;

/// <content>Actual against expected: in total, by bands of the prediction, by groups.</content>
public static partial class Metrics
{
    /// <summary>ΣA/ΣE with an interval from the spread of the rows, for counts and amounts alike.</summary>
    /// <remarks>Source: see <see cref="LiftBand.Ratio"/>: the error of a ratio of totals, the interval symmetric for its logarithm.</remarks>
    public static Estimate ActualExpected(ReadOnlySpan<double> actual, ReadOnlySpan<double> expected, double level = 0.95)
    {
        Shapes.Same(actual, expected);
        var sums = new RatioSums();
        for (var row = 0; row < actual.Length; row++)
            sums.Add(actual[row], expected[row], 1);
        return sums.Ratio(level);
    }

    /// <summary>count/expected with the exact interval for a Poisson count.</summary>
    /// <remarks>Source: Garwood (1936), Biometrika 28, 437–442.</remarks>
    public static Estimate PoissonActualExpected(double count, double expected, double level = 0.95)
    {
        var tail = 0.5 * (1 - level);
        var lower = count == 0 ? 0 : GammaDistribution.Quantile(tail, count);
        var upper = GammaDistribution.UpperQuantile(tail, count + 1);
        return new(count / expected, Math.Sqrt(count) / expected, lower / expected, upper / expected);
    }

    /// <summary>Actual and expected in bands of about equal exposure, by rising predicted rate; rows of one rate share a band.</summary>
    /// <param name="actual">Observed totals, not rates.</param>
    /// <param name="expected">Predicted totals: rate times exposure.</param>
    /// <param name="exposure">Years at risk; empty stands for ones.</param>
    /// <param name="bands">Number of bands wanted; ties can leave fewer.</param>
    /// <param name="level">Level of the ratios' intervals.</param>
    public static LiftBand[] LiftTable(
        ReadOnlySpan<double> actual,
        ReadOnlySpan<double> expected,
        ReadOnlySpan<double> exposure = default,
        int bands = 10,
        double level = 0.95
    )
    {
        Shapes.Check(actual, expected, exposure);
        var sums = new RatioSums[bands];
        var ranking = Ranking.RisingRatio(expected, exposure);
        var bandOf = EqualExposureBands(ranking, exposure, bands);
        for (var row = 0; row < actual.Length; row++)
            sums[bandOf[row]].Add(actual[row], expected[row], WeightAt(exposure, row));
        return
        [
            .. sums.Where(band => band.RowCount > 0)
                .Select(
                    (band, index) =>
                        new LiftBand(index + 1, band.RowCount, band.Exposure, band.Actual, band.Expected, band.Ratio(level))
                ),
        ];
    }

    /// <summary>Two predictions against the actual, in bands of about equal exposure by rising second/first.</summary>
    /// <remarks>The better prediction follows the actual where the two disagree most: in the first and the last bands.</remarks>
    public static DoubleLiftBand[] DoubleLift(
        ReadOnlySpan<double> actual,
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> second,
        ReadOnlySpan<double> exposure = default,
        int bands = 10
    )
    {
        Shapes.Check(actual, first, exposure);
        Shapes.Same(actual, second);
        var table = new DoubleLiftBand[bands];
        var bandOf = EqualExposureBands(Ranking.RisingRatio(second, first), exposure, bands);
        for (var row = 0; row < actual.Length; row++)
        {
            ref var band = ref table[bandOf[row]];
            band = new(
                0,
                band.RowCount + 1,
                band.Exposure + WeightAt(exposure, row),
                band.Actual + actual[row],
                band.First + first[row],
                band.Second + second[row]
            );
        }
        return [.. table.Where(band => band.RowCount > 0).Select((band, index) => band with { Band = index + 1 })];
    }

    /// <summary>Actual and expected by group, all groups in order, empty ones too.</summary>
    /// <param name="group">Group number of each row, 0 … groupCount − 1; rows with a negative number are left out.</param>
    /// <param name="groupCount">Number of groups.</param>
    /// <param name="actual">Observed totals.</param>
    /// <param name="expected">Predicted totals.</param>
    /// <param name="exposure">Years at risk; empty stands for ones.</param>
    /// <param name="level">Level of the ratios' intervals.</param>
    public static GroupTotals[] ByGroup(
        ReadOnlySpan<int> group,
        int groupCount,
        ReadOnlySpan<double> actual,
        ReadOnlySpan<double> expected,
        ReadOnlySpan<double> exposure = default,
        double level = 0.95
    )
    {
        Shapes.Check(actual, expected, exposure);
        var sums = new RatioSums[groupCount];
        for (var row = 0; row < actual.Length; row++)
            if (group[row] >= 0)
                sums[group[row]].Add(actual[row], expected[row], WeightAt(exposure, row));
        return
        [
            .. sums.Select(
                (total, index) =>
                    new GroupTotals(index, total.RowCount, total.Exposure, total.Actual, total.Expected, total.Ratio(level))
            ),
        ];
    }

    /// <summary>Band of every row, 0 … bands − 1: the one that holds the middle of its tie's exposure.</summary>
    static int[] EqualExposureBands(Ranking ranking, ReadOnlySpan<double> exposure, int bands)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bands, 1);
        var bandOf = new int[ranking.Order.Length];
        var total = Total(bandOf.Length, exposure);
        var before = 0.0;
        for (var tie = 0; tie < ranking.TieCount; tie++)
        {
            var within = 0.0;
            foreach (var row in ranking.Tie(tie))
                within += WeightAt(exposure, row);
            var middle = (before + 0.5 * within) / total;
            var band = Math.Clamp((int)(middle * bands), 0, bands - 1);
            foreach (var row in ranking.Tie(tie))
                bandOf[row] = band;
            before += within;
        }
        return bandOf;
    }
}
