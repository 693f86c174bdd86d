using CsCheck;
using Halley.Kernels;

namespace Halley.Statistics.Tests;

public sealed class TableTests
{
    static readonly Gen<(double[] Actual, double[] Expected, double[] Exposure, int Bands)> AnyBook = Gen.Int[1, 80]
        .SelectMany(n =>
            Gen.Select(
                Gen.Int[0, 3].Select(k => (double)k).Array[n],
                Gen.Int[1, 20].Select(k => k / 8.0).Array[n],
                Gen.Int[1, 10].Select(k => k / 10.0).Array[n],
                Gen.Int[1, 12]
            )
        );

    [Fact]
    public void A_lift_table_keeps_every_row_and_rises() =>
        AnyBook.Sample(
            (actual, expected, exposure, bands) =>
            {
                var table = Metrics.LiftTable(actual, expected, exposure, bands);
                return table.Sum(band => band.RowCount) == actual.Length
                    && Compare.Near(actual.Sum(), table.Sum(band => band.Actual), 1e-12)
                    && Compare.Near(expected.Sum(), table.Sum(band => band.Expected), 1e-12)
                    && Compare.Near(exposure.Sum(), table.Sum(band => band.Exposure), 1e-12)
                    && table.Length <= bands
                    && table.Select(band => band.Band).SequenceEqual(Enumerable.Range(1, table.Length))
                    && table.Zip(table.Skip(1)).All(pair => pair.First.ExpectedRate < pair.Second.ExpectedRate);
            }
        );

    [Fact]
    public void Bands_have_equal_exposure_where_there_are_no_ties()
    {
        var expected = Enumerable.Range(1, 1000).Select(i => (double)i).ToArray();
        var table = Metrics.LiftTable(expected, expected, bands: 10);
        Assert.All(table, band => Assert.Equal(100, band.Exposure));
        Assert.All(table, band => Assert.Equal(1, band.Ratio.Value));
        Assert.Equal(50.5, table[0].ActualRate);
    }

    [Fact]
    public void Rows_of_one_rate_share_a_band()
    {
        var expected = Enumerable.Repeat(1.0, 50).Concat(Enumerable.Repeat(2.0, 50)).ToArray();
        var table = Metrics.LiftTable(expected, expected, bands: 10);
        Assert.Equal([50, 50], table.Select(band => band.RowCount));
    }

    [Fact]
    public void A_tie_goes_to_the_band_that_holds_its_middle()
    {
        var expected = new[] { 1.0, 2, 3 }.SelectMany((rate, i) => Enumerable.Repeat(rate, i == 1 ? 22 : 39)).ToArray();
        Assert.Equal([39, 61], Metrics.LiftTable(expected, expected, bands: 2).Select(band => band.RowCount));
        Assert.Equal([39, 22, 39], Metrics.LiftTable(expected, expected, bands: 3).Select(band => band.RowCount));
    }

    [Fact]
    public void A_double_lift_orders_by_disagreement()
    {
        double[] first = [1, 1, 2, 2];
        double[] second = [2, 1, 1, 2];
        double[] actual = [5, 6, 7, 8];
        var table = Metrics.DoubleLift(actual, first, second, bands: 4);
        Assert.Equal([new(1, 1, 1, 7, 2, 1), new(2, 2, 2, 14, 3, 3), new DoubleLiftBand(3, 1, 1, 5, 1, 2)], table);
    }

    [Fact]
    public void Groups_add_up_and_empty_ones_are_kept()
    {
        var groups = Metrics.ByGroup([2, 0, 2, -1], 3, [1, 2, 3, 4], [2, 2, 2, 2], [1, 1, 0.5, 1]);
        Assert.Equal([1, 0, 2], groups.Select(group => group.RowCount));
        Assert.Equal([2, 0, 4], groups.Select(group => group.Actual));
        Assert.Equal([1, 0, 1.5], groups.Select(group => group.Exposure));
        Assert.Equal(1, groups[2].Ratio.Value);
        Assert.True(double.IsNaN(groups[1].Ratio.Value));
    }

    [Fact]
    public void A_ratio_has_the_error_of_its_residuals()
    {
        double[] actual = [0, 2, 1, 0, 3];
        double[] expected = [0.5, 1, 1, 0.5, 2];
        var ratio = Metrics.ActualExpected(actual, expected);
        var error = Math.Sqrt(actual.Zip(expected, (a, e) => Math.Pow(a - 1.2 * e, 2)).Sum()) / 5;
        Compare.AssertNear(1.2, ratio.Value, 1e-14);
        Compare.AssertNear(error, ratio.StandardError, 1e-13);
        Compare.AssertNear(1.2 * Math.Exp(1.959963984540054 * error / 1.2), ratio.Upper, 1e-13);
        Compare.AssertNear(1.44, ratio.Upper * ratio.Lower, 1e-13);
    }

    [Fact]
    public void Nothing_observed_leaves_the_upper_bound_open() =>
        Assert.Equal(new Estimate(0, 0, 0, double.PositiveInfinity), Metrics.ActualExpected([0, 0], [1, 2]));

    // R: poisson.test(10, 8)$conf.int and poisson.test(0, 2)$conf.int, by their chi-squared formulas.
    [Theory]
    [InlineData(10, 8, 0.59942359, 2.29879451)]
    [InlineData(0, 2, 0, 1.844439727)]
    public void Counts_have_the_exact_poisson_interval(double count, double expected, double lower, double upper)
    {
        var ratio = Metrics.PoissonActualExpected(count, expected);
        Compare.AssertNear(lower, ratio.Lower, 1e-8);
        Compare.AssertNear(upper, ratio.Upper, 1e-8);
        Assert.Equal(count / expected, ratio.Value);
    }

    [Fact]
    public void The_ratio_interval_covers_the_truth_as_often_as_it_says()
    {
        var (covered, runs) = (0, 2000);
        var random = new DeterministicRandom(41);
        for (var run = 0; run < runs; run++)
        {
            var (actual, expected) = (new double[400], new double[400]);
            for (var row = 0; row < 400; row++)
            {
                expected[row] = 0.1 + random.NextDouble();
                for (var claims = random.NextPoisson(expected[row]); claims > 0; claims--)
                    actual[row] += random.NextGamma(2) / 2;
            }
            covered += Metrics.ActualExpected(actual, expected).Contains(1) ? 1 : 0;
        }
        Assert.InRange(covered / (double)runs, 0.93, 0.97);
    }

    [Fact]
    public void Calibrated_predictions_have_intercept_zero_and_slope_one()
    {
        var random = new DeterministicRandom(43);
        var (y, mu) = (new double[20_000], new double[20_000]);
        for (var row = 0; row < y.Length; row++)
        {
            mu[row] = Math.Exp(-1 + random.NextNormal());
            y[row] = random.NextPoisson(mu[row]);
        }
        var good = Metrics.Calibrate(Family.Poisson, Link.Log, y, mu);
        Assert.True(good is { Converged: true } && good.Intercept.Contains(0) && good.Slope.Contains(1), $"{good}");
        Assert.InRange(good.Slope.StandardError, 0.005, 0.02);

        // Spread twice on the log scale and 30% too high: slope ½, and intercept −½·ln 1.3.
        var wide = mu.Select(m => 1.3 * m * m).ToArray();
        var bad = Metrics.Calibrate(Family.Poisson, Link.Log, y, wide);
        Compare.AssertNear(0.5 * good.Slope.Value, bad.Slope.Value, 1e-8);
        Compare.AssertNear(good.Intercept.Value - 0.5 * Math.Log(1.3) * good.Slope.Value, bad.Intercept.Value, 1e-8);
    }

    [Fact]
    public void Calibration_errors_are_the_spread_over_repeated_samples()
    {
        var random = new DeterministicRandom(44);
        var (slopes, errors) = (new double[400], new double[400]);
        for (var run = 0; run < slopes.Length; run++)
        {
            var (y, p) = (new double[500], new double[500]);
            for (var row = 0; row < y.Length; row++)
            {
                p[row] = VectorMath.Logistic(-0.5 + random.NextNormal());
                y[row] = random.NextDouble() < p[row] ? 1 : 0;
            }
            var calibration = Metrics.Calibrate(Family.Binomial, Link.Logit, y, p);
            (slopes[run], errors[run]) = (calibration.Slope.Value, calibration.Slope.StandardError);
        }
        var mean = slopes.Average();
        var spread = Math.Sqrt(slopes.Average(slope => (slope - mean) * (slope - mean)));
        Assert.InRange(errors.Average() / spread, 0.88, 1.12);
    }

    [Fact]
    public void A_prediction_without_a_link_is_refused_with_its_row()
    {
        var error = Assert.Throws<ArgumentException>(() => Metrics.Calibrate(Family.Poisson, Link.Log, [1, 2], [1, 0]));
        Assert.StartsWith("row 2: prediction 0 has no finite log link.", error.Message, StringComparison.Ordinal);
    }
}
