using Halley.Kernels;

namespace Halley.Statistics.Tests;

public sealed class SequenceTests
{
    // The formula as the paper prints it (theorem 2.2): σ̂·√(2(tρ² + 1)/(t²ρ²) · ln(√(tρ² + 1)/α)), with ρ of its section B.2.
    [Theory]
    [InlineData(100, 1000, 0.05)]
    [InlineData(1000, 1000, 0.05)]
    [InlineData(50_000, 1000, 0.01)]
    public void The_width_is_that_of_the_paper(double t, double planned, double alpha)
    {
        var rho2 = (-2 * Math.Log(alpha) + Math.Log(-2 * Math.Log(alpha)) + 1) / planned;
        const double sigma = 7;
        var half = sigma * Math.Sqrt(2 * (t * rho2 + 1) / (t * t * rho2) * Math.Log(Math.Sqrt(t * rho2 + 1) / alpha));
        Assert.Equal(half, MeanSequence.Width(t, planned, 1 - alpha) * sigma / Math.Sqrt(t), 10);
    }

    [Fact]
    public void It_is_narrowest_near_the_planned_number_of_observations()
    {
        var at = MeanSequence.Width(1000, 1000);
        Assert.InRange(at, 3.02, 3.04);
        foreach (var other in new[] { 100.0, 10_000 })
            Assert.True(MeanSequence.Width(other, other) < MeanSequence.Width(other, 1000));
    }

    // 2,000 paths of 3,000 skewed observations, looked at after each from the 100th on. One-look intervals would miss in most of them.
    [Fact]
    public void At_all_times_together_the_mean_is_missed_in_at_most_five_of_a_hundred_paths()
    {
        var (missed, oneLookMissed) = (0, 0);
        const int runs = 2000;
        for (var run = 0; run < runs; run++)
        {
            var random = CounterRandom.Generator(1, (ulong)run);
            var (sum, squares) = (0.0, 0.0);
            var (isMissed, isOneLookMissed) = (false, false);
            for (var n = 1; n <= 3000; n++)
            {
                var x = random.NextExponential() - 1;
                sum += x;
                squares += x * x;
                if (n < 100)
                    continue;
                var z = Math.Abs(sum) / Math.Sqrt((squares - sum * sum / n) * n / (n - 1));
                isMissed |= z > MeanSequence.Width(n, 1000);
                isOneLookMissed |= z > 1.96;
            }
            missed += isMissed ? 1 : 0;
            oneLookMissed += isOneLookMissed ? 1 : 0;
        }
        Assert.InRange(missed, 20, 0.05 * runs);
        Assert.True(oneLookMissed > 0.3 * runs);
    }

    [Fact]
    public void Evidence_about_a_share_is_the_marginal_likelihood_over_its_likelihood()
    {
        // Beta(1, 1): 3 of 5 have the marginal ∫ p³(1−p)² dp = 1/60.
        var expected = 1.0 / 60 / (0.4 * 0.4 * 0.4 * 0.6 * 0.6);
        Assert.Equal(Math.Log(expected), ShareSequence.LogEvidence(3, 5, 0.4, 1, 1), 12);
        Assert.Equal(double.PositiveInfinity, ShareSequence.LogEvidence(1, 5, 0));
        Assert.Equal(0, ShareSequence.LogEvidence(0, 0, 0.3), 12);
    }

    [Fact]
    public void The_bounds_of_a_share_are_where_the_evidence_reaches_its_limit()
    {
        foreach (var (x, n) in new[] { (1.0, 10.0), (40, 1000), (999, 1000) })
        {
            var (lower, upper) = (ShareSequence.Lower(x, n, 0.99), ShareSequence.Upper(x, n, 0.99));
            Assert.True(lower < x / n && x / n < upper);
            Assert.Equal(Math.Log(100), ShareSequence.LogEvidence(x, n, lower), 6);
            Assert.Equal(Math.Log(100), ShareSequence.LogEvidence(x, n, upper), 6);
        }
        Assert.Equal(0, ShareSequence.Lower(0, 50));
        Assert.Equal(1, ShareSequence.Upper(50, 50));
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.3)]
    public void A_share_is_missed_at_any_time_in_at_most_five_of_a_hundred_runs(double share)
    {
        var missed = 0;
        const int runs = 2000;
        for (var run = 0; run < runs; run++)
        {
            var random = CounterRandom.Generator(2, (ulong)run);
            var x = 0;
            for (var n = 1; n <= 1000; n++)
            {
                x += random.NextDouble() < share ? 1 : 0;
                if (ShareSequence.LogEvidence(x, n, share) < Math.Log(20))
                    continue;
                missed++;
                break;
            }
        }
        Assert.InRange(missed, 1, 0.05 * runs);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => MeanSequence.Width(0, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => MeanSequence.Width(10, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => MeanSequence.Width(10, 10, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ShareSequence.Lower(3, 2));
    }

    [Fact]
    public void Evidence_about_two_samples_is_that_about_their_common_share_of_each()
    {
        var pooled = 21.5 / 62;
        var expected = ShareSequence.LogEvidence(12, 30, pooled) + ShareSequence.LogEvidence(9.5, 32, pooled);
        Assert.Equal(expected, CategorySequence.LogEvidence([12, 18], [9.5, 22.5]), 10);
        Assert.True(CategorySequence.LogEvidence([50, 0, 50], [0, 50, 50]) > 20);
        Assert.Throws<ArgumentException>(() => CategorySequence.LogEvidence([1], [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CategorySequence.LogEvidence([1, -1], [1, 2]));
    }

    // A reference sample of 300 and a second one looked at after each of 2,000 observations, with the same shares.
    [Fact]
    public void Two_samples_of_the_same_shares_are_told_apart_in_at_most_five_of_a_hundred_paths()
    {
        var alarms = 0;
        const int runs = 1000;
        for (var run = 0; run < runs; run++)
        {
            var random = CounterRandom.Generator(4, (ulong)run);
            double[] first = new double[4],
                second = new double[4];
            int Draw() => (int)(4 * Math.Pow(random.NextDouble(), 1.5));
            for (var i = 0; i < 300; i++)
                first[Draw()]++;
            var isAlarm = false;
            for (var i = 0; i < 2000 && !isAlarm; i++)
            {
                second[Draw()]++;
                isAlarm = i % 10 == 9 && CategorySequence.LogEvidence(first, second) > Math.Log(20);
            }
            alarms += isAlarm ? 1 : 0;
        }
        Assert.InRange(alarms, 0, 0.05 * runs);
    }
}
