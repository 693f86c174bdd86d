using CsCheck;
using Halley.Kernels;

namespace Halley.Statistics.Tests;

public sealed class IntervalTests
{
    // R: t.test(c(1,2,4,7), c(2,2,3,3), paired = TRUE), worked from its definition: differences −1 0 1 4, mean 1, sd 2.1602469.
    [Fact]
    public void A_paired_difference_has_the_t_interval()
    {
        var estimate = MeanDifference.Paired([1, 2, 4, 7], [2, 2, 3, 3]);
        Compare.AssertNear(1, estimate.Value, 1e-15);
        Compare.AssertNear(1.0801234497346435, estimate.StandardError, 1e-14);
        Compare.AssertNear(1 + 3.182446305284263 * 1.0801234497346435, estimate.Upper, 1e-12);
    }

    [Fact]
    public void Two_samples_have_welchs_interval()
    {
        // Variances 7 and 1/3 over 4 and 3 rows: standard error √(7/4 + 1/9), freedom 3.3772…
        var estimate = MeanDifference.TwoSample([1, 2, 4, 7], [2, 2, 3]);
        Compare.AssertNear(3.5 - 7.0 / 3, estimate.Value, 1e-14);
        Compare.AssertNear(Math.Sqrt(7.0 / 4 + 1.0 / 9), estimate.StandardError, 1e-14);
        var freedom = Math.Pow(7.0 / 4 + 1.0 / 9, 2) / (Math.Pow(7.0 / 4, 2) / 3 + Math.Pow(1.0 / 9, 2) / 2);
        var t = StudentDistribution.Quantile(0.975, freedom);
        Compare.AssertNear(estimate.Value - t * estimate.StandardError, estimate.Lower, 1e-13);
    }

    [Fact]
    public void One_row_has_no_interval_and_constant_samples_a_certain_one()
    {
        var single = MeanDifference.Mean([5]);
        Assert.True(single.Value == 5 && double.IsNaN(single.Lower) && !single.Contains(5));
        Assert.True(double.IsNaN(MeanDifference.Mean([]).Value));
        Assert.Equal(new Estimate(1, 0, 1, 1), MeanDifference.TwoSample([2, 2, 2], [1, 1]));
    }

    [Fact]
    public void Intervals_cover_the_truth_as_often_as_they_say()
    {
        var random = new DeterministicRandom(51);
        var (mean, two, share, bootstrap) = (0, 0, 0, 0);
        const int runs = 1000;
        for (var run = 0; run < runs; run++)
        {
            var first = Enumerable.Range(0, 12).Select(_ => 3 + 2 * random.NextNormal()).ToArray();
            var second = Enumerable.Range(0, 30).Select(_ => 1 + random.NextNormal()).ToArray();
            mean += MeanDifference.Mean(first).Contains(3) ? 1 : 0;
            two += MeanDifference.TwoSample(first, second).Contains(2) ? 1 : 0;
            var successes = Enumerable.Range(0, 40).Count(_ => random.NextDouble() < 0.1);
            share += ProportionInterval.Wilson(successes, 40).Contains(0.1) ? 1 : 0;
            bootstrap += Bootstrap
                .Interval(30, times => Reduce.Dot(times, second) / Reduce.Sum(times), new() { Seed = (ulong)run, Threads = 1 })
                .Contains(1)
                ? 1
                : 0;
        }
        Assert.All(new[] { mean, two, share, bootstrap }, covered => Assert.InRange(covered / (double)runs, 0.925, 0.975));
    }

    [Fact]
    public void The_bootstrap_knows_the_error_of_a_mean()
    {
        var x = Enumerable.Range(0, 400).Select(i => CounterRandom.Exponential(3, 0, (ulong)i)).ToArray();
        var estimate = Bootstrap.Interval(
            x.Length,
            times => Reduce.Dot(times, x) / Reduce.Sum(times),
            new() { Replicates = 4000, Seed = 9 }
        );
        var plain = MeanDifference.Mean(x);
        Compare.AssertNear(plain.Value, estimate.Value, 1e-14);
        Compare.AssertNear(plain.StandardError, estimate.StandardError, 0.05);
    }

    [Fact]
    public void A_bootstrap_of_few_resamples_is_refused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Bootstrap.Interval(5, _ => 0, new() { Replicates = 3 }));
        Assert.Contains("Replicates", error.Message, StringComparison.Ordinal);
    }

    // R: prop.test(x, n, correct = FALSE)$conf.int, by Wilson's formula; 0 of 10 gives z²/(n + z²).
    [Theory]
    [InlineData(0, 10, 0, 0.27753279)]
    [InlineData(10, 10, 0.72246721, 1)]
    [InlineData(3, 10, 0.10779127, 0.60322185)]
    public void A_share_has_wilsons_interval(double successes, double trials, double lower, double upper)
    {
        var estimate = ProportionInterval.Wilson(successes, trials);
        Compare.AssertNear(lower, estimate.Lower, 1e-7);
        Compare.AssertNear(upper, estimate.Upper, 1e-7);
    }

    [Fact]
    public void A_share_stays_between_zero_and_one() =>
        Gen.Select(Gen.Int[0, 50], Gen.Int[1, 50])
            .Where((k, n) => k <= n)
            .Sample(
                (k, n) =>
                {
                    var estimate = ProportionInterval.Wilson(k, n);
                    return estimate.Lower >= 0 && estimate.Upper <= 1 && estimate.Contains((double)k / n);
                }
            );

    [Fact]
    public void More_successes_than_trials_are_refused() =>
        Assert.StartsWith(
            "the number of successes must be within 0 and the number of trials, which is above 0.",
            Assert.Throws<ArgumentOutOfRangeException>(() => ProportionInterval.Wilson(3, 2)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Rows_needed_grow_with_the_square_of_the_precision()
    {
        var estimate = Estimate.Normal(2, 4);
        Compare.AssertNear(100 * 1.959963984540054 * 1.959963984540054 * 4, MeanDifference.RowsNeeded(estimate, 100, 2), 1e-12);
        Assert.Equal(100, MeanDifference.RowsNeeded(estimate, 100, 50));
    }
}
