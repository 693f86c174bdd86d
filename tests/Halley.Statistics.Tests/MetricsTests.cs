using CsCheck;
using Halley.Kernels;

namespace Halley.Statistics.Tests;

public sealed class MetricsTests
{
    static readonly double[] Y = [0, 0, 1, 1, 0, 1];
    static readonly double[] P = [0.1, 0.4, 0.35, 0.8, 0.35, 0.8];

    /// <summary>Claims, predicted rates and exposures of up to 60 policies, with ties and zeros.</summary>
    static readonly Gen<(double[] Actual, double[] Rate, double[] Exposure)> AnyBook = Gen.Int[2, 60]
        .SelectMany(n =>
            Gen.Select(
                Gen.Int[0, 3].Select(k => (double)k).Array[n],
                Gen.Int[1, 12].Select(k => k / 8.0).Array[n],
                Gen.Int[1, 10].Select(k => k / 10.0).Array[n]
            )
        )
        .Where(book => book.Item1.Sum() > 0);

    // Reference values: scikit-learn's definitions worked by hand; pairs: 9, of which 7 right and 1.0 tied in total.
    [Fact]
    public void Auc_counts_right_pairs_and_half_the_ties()
    {
        var pairs =
            from i in Enumerable.Range(0, 6)
            from j in Enumerable.Range(0, 6)
            where Y[i] == 1 && Y[j] == 0
            select P[i] > P[j] ? 1
            : P[i] == P[j] ? 0.5
            : 0;
        Assert.Equal(7.5 / 9, pairs.Average(), 1e-15);
        Assert.Equal(7.5 / 9, Metrics.Auc(Y, P), 1e-15);
    }

    [Fact]
    public void Average_precision_is_the_recall_weighted_precision() =>
        // Down: 0.8 finds 2 of 2, 0.4 finds none, 0.35 finds 1 among 5 rows so far with 3 hits.
        Assert.Equal(2.0 / 3 * 1 + 1.0 / 3 * (3.0 / 5), Metrics.AveragePrecision(Y, P), 1e-15);

    [Fact]
    public void Errors_have_their_hand_computed_values()
    {
        double[] y = [1, 2, 4];
        double[] mu = [1.5, 2, 2];
        double[] weight = [1, 1, 2];
        Assert.Equal(2.5 / 3, Metrics.MeanAbsoluteError(y, mu), 1e-15);
        Assert.Equal(4.5 / 4, Metrics.MeanAbsoluteError(y, mu, weight), 1e-15);
        Assert.Equal(Math.Sqrt(4.25 / 3), Metrics.RootMeanSquaredError(y, mu), 1e-15);
        Assert.Equal(Math.Sqrt(8.25 / 4), Metrics.RootMeanSquaredError(y, mu, weight), 1e-15);
        Assert.Equal((0.01 + 0.25) / 2, Metrics.Brier([0, 1], [0.1, 0.5]), 1e-15);
        Assert.Equal(-(Math.Log(0.9) + Math.Log(0.5)) / 2, Metrics.LogLoss([0, 1], [0.1, 0.5]), 1e-15);
        Assert.Equal(0, Metrics.LogLoss([0, 1], [0, 1]));
        Assert.Equal(double.PositiveInfinity, Metrics.LogLoss([0, 1], [0, 0]));
        Assert.Equal(11.0 / 4, Metrics.WeightedMean(y, weight), 1e-15);
    }

    [Fact]
    public void The_two_mean_deviances_differ_in_their_divisor()
    {
        double[] y = [0, 1];
        double[] mu = [0.5, 0.5];
        double[] weight = [1, 3];
        var total = Family.Poisson.Deviance(y, mu, weight);
        Assert.Equal(total / 2, Metrics.MeanDeviancePerRow(Family.Poisson, y, mu, weight), 1e-15);
        Assert.Equal(total / 4, Metrics.MeanDeviance(Family.Poisson, y, mu, weight), 1e-15);
        Assert.Equal(0, Metrics.DevianceExplained(Family.Poisson, y, [0.75, 0.75], weight), 1e-15);
        Assert.Equal(1, Metrics.DevianceExplained(Family.Poisson, y, [1e-12, 1], weight), 1e-10);
    }

    [Fact]
    public void A_constant_prediction_has_gini_zero_and_the_actual_rate_one() =>
        AnyBook.Sample(
            (actual, _, exposure) =>
            {
                var rate = actual.Zip(exposure, (a, e) => a / e).ToArray();
                if (rate.Distinct().Count() < 2)
                    return true;
                return Math.Abs(Metrics.Gini(actual, new double[actual.Length], exposure)) < 1e-12
                    && Compare.Near(1, Metrics.Gini(actual, rate, exposure), 1e-12)
                    && Metrics.Gini(actual, rate.Select(r => -r).ToArray(), exposure) < 0;
            }
        );

    [Fact]
    public void Gini_of_yes_and_no_is_twice_the_auc_less_one() =>
        AnyBook
            .Where(book => book.Actual.Any(a => a > 0) && book.Actual.Any(a => a == 0))
            .Sample(
                (actual, rate, _) =>
                {
                    var y = actual.Select(a => a > 0 ? 1.0 : 0).ToArray();
                    return Math.Abs(2 * Metrics.Auc(y, rate) - 1 - Metrics.Gini(y, rate)) < 1e-12;
                }
            );

    [Fact]
    public void Ranking_figures_do_not_depend_on_the_order_of_rows() =>
        Gen.Select(AnyBook, Gen.ULong)
            .Sample(
                (book, seed) =>
                {
                    var places = Enumerable.Range(0, book.Actual.Length).ToArray();
                    new DeterministicRandom(seed).Shuffle<int>(places);
                    var (actual, rate, exposure) = (Pick(book.Actual), Pick(book.Rate), Pick(book.Exposure));
                    var y = actual.Select(a => a > 0 ? 1.0 : 0).ToArray();
                    var oldY = book.Actual.Select(a => a > 0 ? 1.0 : 0).ToArray();
                    return Same(Metrics.Gini(book.Actual, book.Rate, book.Exposure), Metrics.Gini(actual, rate, exposure))
                        && Same(Metrics.Auc(oldY, book.Rate, book.Exposure), Metrics.Auc(y, rate, exposure))
                        && Same(
                            Metrics.AveragePrecision(oldY, book.Rate, book.Exposure),
                            Metrics.AveragePrecision(y, rate, exposure)
                        );

                    double[] Pick(double[] values) => [.. places.Select(place => values[place])];
                    static bool Same(double first, double second) =>
                        double.IsNaN(first)
                        || double.IsInfinity(first)
                        || Math.Abs(first - second) < 1e-11 * (1 + Math.Abs(first));
                }
            );

    [Fact]
    public void Weight_two_is_the_row_twice() =>
        AnyBook.Sample(
            (actual, rate, exposure) =>
            {
                var y = actual.Select(a => a > 1 ? 1.0 : 0).ToArray();
                var twice = Enumerable.Repeat(2.0, y.Length).ToArray();
                double[] y2 = [.. y, .. y];
                double[] rate2 = [.. rate, .. rate];
                return Metrics.Auc(y, rate, twice).Equals(Metrics.Auc(y2, rate2))
                    && Metrics.AveragePrecision(y, rate, twice).Equals(Metrics.AveragePrecision(y2, rate2));
            }
        );

    [Fact]
    public void The_lorenz_curve_has_the_area_of_the_gini() =>
        AnyBook
            .Where(book => book.Actual.Zip(book.Exposure, (a, e) => a / e).Distinct().Count() > 1)
            .Sample(
                (actual, rate, exposure) =>
                {
                    var perfect = Area(Metrics.LorenzCurve(actual, [.. actual.Zip(exposure, (a, e) => a / e)], exposure));
                    var predicted = Area(Metrics.LorenzCurve(actual, rate, exposure));
                    return Math.Abs((1 - 2 * predicted) / (1 - 2 * perfect) - Metrics.Gini(actual, rate, exposure)) < 1e-9;
                }
            );

    [Fact]
    public void A_thinned_lorenz_curve_keeps_its_ends_and_its_size()
    {
        var rate = Enumerable.Range(0, 5000).Select(i => (double)i).ToArray();
        var curve = Metrics.LorenzCurve(rate, rate, maxPoints: 50);
        Assert.InRange(curve.Length, 40, 51);
        Assert.Equal((new LorenzPoint(0, 0), new LorenzPoint(1, 1)), (curve[0], curve[^1]));
    }

    [Fact]
    public void A_score_that_is_NaN_is_refused_with_its_row()
    {
        var error = Assert.Throws<ArgumentException>(() => Metrics.Gini([1, 2, 3], [1, double.NaN, 2]));
        Assert.StartsWith("row 2: NaN has no rank. Leave out rows without a score.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_gini_interval_is_the_same_on_any_number_of_threads_and_shrinks_with_the_rows()
    {
        var (small, large) = (Book(2_000), Book(32_000));
        Estimate Of((double[] Actual, double[] Rate) book, int threads) =>
            Metrics.GiniInterval(book.Actual, book.Rate, options: new() { Threads = threads });
        var estimate = Of(small, 1);
        Assert.Equal(estimate, Of(small, 3));
        Assert.Equal(Metrics.Gini(small.Actual, small.Rate), estimate.Value);
        Assert.True(estimate.Lower < estimate.Value && estimate.Value < estimate.Upper);
        Assert.InRange(estimate.StandardError / Of(large, 2).StandardError, 3, 5.5);
    }

    [Fact]
    public void A_better_ranking_has_a_positive_gini_difference()
    {
        var (actual, rate) = Book(4_000);
        var noise = rate.Select((_, i) => CounterRandom.Uniform(5, 5, (ulong)i)).ToArray();
        var difference = Metrics.GiniDifference(actual, rate, noise);
        Assert.True(difference.Lower > 0);
        var same = Metrics.GiniDifference(actual, rate, rate);
        Assert.Equal((0, 0), (same.Value, same.StandardError));
    }

    /// <summary>Claim counts drawn at the predicted rates.</summary>
    static (double[] Actual, double[] Rate) Book(int rows)
    {
        var random = new DeterministicRandom(31);
        var (actual, rate) = (new double[rows], new double[rows]);
        for (var row = 0; row < rows; row++)
        {
            rate[row] = 0.1 + 0.4 * random.NextDouble();
            actual[row] = random.NextPoisson(rate[row]);
        }
        return (actual, rate);
    }

    static double Area(LorenzPoint[] curve)
    {
        var area = 0.0;
        for (var i = 1; i < curve.Length; i++)
            area +=
                (curve[i].ExposureShare - curve[i - 1].ExposureShare) * 0.5 * (curve[i].ActualShare + curve[i - 1].ActualShare);
        return area;
    }
}
