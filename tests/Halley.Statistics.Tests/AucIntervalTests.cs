using CsCheck;

namespace Halley.Statistics.Tests;

public sealed class AucIntervalTests
{
    static readonly Gen<(double[] Y, double[] Score)> AnyRows = Gen.Int[4, 40]
        .SelectMany(n => Gen.Select(Gen.Int[0, 1].Select(k => (double)k).Array[n], Gen.Int[1, 9].Select(k => k / 8.0).Array[n]))
        .Where(rows => rows.Item1.Sum() >= 2 && rows.Item1.Count(y => y == 0) >= 2);

    [Fact]
    public void Error_is_that_of_all_pairs_written_out() =>
        AnyRows.Sample(
            (y, score) =>
            {
                var positives = Enumerable.Range(0, y.Length).Where(row => y[row] == 1).Select(row => score[row]).ToArray();
                var negatives = Enumerable.Range(0, y.Length).Where(row => y[row] == 0).Select(row => score[row]).ToArray();
                var below = positives.Select(p => negatives.Average(n => Won(p, n))).ToArray();
                var above = negatives.Select(n => positives.Average(p => Won(p, n))).ToArray();
                var error = Math.Sqrt(Variance(below) / below.Length + Variance(above) / above.Length);
                var estimate = Metrics.AucInterval(y, score, 0.9);
                return estimate.Value == Metrics.Auc(y, score)
                    && Math.Abs(estimate.StandardError - error) < 1e-12
                    && Math.Abs(estimate.Upper - estimate.Value - 1.6448536269514722 * error) < 1e-12;
            }
        );

    [Fact]
    public void A_perfect_order_has_no_error() =>
        Assert.Equal(0, Metrics.AucInterval([0, 0, 1, 1], [1, 2, 3, 4]).StandardError, 1e-15);

    [Fact]
    public void One_positive_row_has_no_interval() => Assert.True(double.IsNaN(Metrics.AucInterval([0, 0, 1], [1, 2, 3]).Lower));

    [Fact]
    public void A_row_that_is_neither_is_named()
    {
        var fault = Assert.Throws<ArgumentException>(() => Metrics.AucInterval([0, 0.5, 1, 1], [1, 2, 3, 4]));
        Assert.Contains("row 2: 0.5 is neither 0 nor 1", fault.Message, StringComparison.Ordinal);
    }

    static double Won(double positive, double negative) =>
        positive > negative ? 1
        : positive == negative ? 0.5
        : 0;

    static double Variance(double[] values) =>
        values.Sum(value => (value - values.Average()) * (value - values.Average())) / (values.Length - 1);
}
