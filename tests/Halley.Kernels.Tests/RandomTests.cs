namespace Halley.Kernels.Tests;

public sealed class RandomTests
{
    const int Draws = 200_000;

    // Reference values: mpmath with 40 digits.
    [Theory]
    [InlineData(1e-300, -37.0470962993612)]
    [InlineData(1e-100, -21.273453560965326)]
    [InlineData(1e-20, -9.262340089798407)]
    [InlineData(1e-10, -6.361340902404057)]
    [InlineData(1e-05, -4.264890793922825)]
    [InlineData(0.001, -3.0902323061678136)]
    [InlineData(0.025, -1.9599639845400543)]
    [InlineData(0.0749, -1.4402382675279637)]
    [InlineData(0.0751, -1.43882539275254)]
    [InlineData(0.3, -0.5244005127080408)]
    [InlineData(0.5, 0.0)]
    [InlineData(0.6, 0.2533471031357997)]
    [InlineData(0.975, 1.9599639845400538)]
    [InlineData(0.9999, 3.7190164854557084)]
    [InlineData(0, double.NegativeInfinity)]
    [InlineData(1, double.PositiveInfinity)]
    public void Normal_quantile_has_fifteen_digits(double p, double z) =>
        Assert.True(Numbers.Ulps(z, StandardNormal.Quantile(p)) <= 8, $"{StandardNormal.Quantile(p):R} for {z:R}");

    [Fact]
    public void SplitMix64_gives_its_published_sequence() =>
        // First outputs for seed 1234567, as published with the reference implementation.
        Assert.Equal(6457827717110365317UL, SplitMix64.Mix(1234567 + SplitMix64.Step));

    [Fact]
    public void Counter_draws_are_uniform_in_every_argument()
    {
        AssertMoments(Draw(i => CounterRandom.Uniform(1, 2, i)), 0.5, 1.0 / 12);
        AssertMoments(Draw(i => CounterRandom.Uniform(1, i, 2)), 0.5, 1.0 / 12);
        AssertMoments(Draw(i => CounterRandom.Uniform(i, 1, 2)), 0.5, 1.0 / 12);
        AssertMoments(Draw(i => CounterRandom.Normal(9, 1, i)), 0, 1);
        AssertMoments(Draw(i => CounterRandom.Exponential(9, 2, i)), 1, 1);
        AssertMoments(Draw(i => CounterRandom.Integer(9, 3, i, 10)), 4.5, 8.25);
    }

    [Fact]
    public void Seed_stream_and_index_are_not_interchangeable()
    {
        var all = new HashSet<ulong>();
        for (ulong seed = 0; seed < 20; seed++)
        for (ulong stream = 0; stream < 20; stream++)
        for (ulong index = 0; index < 20; index++)
            Assert.True(all.Add(CounterRandom.Bits(seed, stream, index)), $"({seed}, {stream}, {index}) is drawn twice");
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.5)]
    [InlineData(3)]
    [InlineData(150)]
    public void Gamma_draws_have_their_moments(double shape)
    {
        var random = new DeterministicRandom(21);
        AssertMoments(Draw(_ => random.NextGamma(shape)), shape, shape);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.05)]
    [InlineData(9.9)]
    [InlineData(10.1)]
    [InlineData(3000)]
    public void Poisson_draws_have_their_moments(double mean)
    {
        var random = new DeterministicRandom(22);
        AssertMoments(Draw(_ => random.NextPoisson(mean)), mean, mean);
    }

    [Fact]
    public void Poisson_draws_by_rejection_have_their_probabilities()
    {
        var random = new DeterministicRandom(23);
        var counts = new int[60];
        for (var i = 0; i < Draws; i++)
            counts[random.NextPoisson(15)]++;
        var (chiSquared, probability) = (0.0, Math.Exp(-15));
        for (var k = 0; k < 35; probability *= 15.0 / ++k)
            if (probability * Draws > 10)
                chiSquared += Math.Pow(counts[k] - Draws * probability, 2) / (Draws * probability);
        // About 28 cells: 0.9999 quantile of chi-squared with 28 degrees of freedom is 63.
        Assert.InRange(chiSquared, 5, 63);
    }

    [Fact]
    public void Other_draws_have_their_moments()
    {
        var random = new DeterministicRandom(24);
        AssertMoments(Draw(_ => random.NextDouble()), 0.5, 1.0 / 12);
        AssertMoments(Draw(_ => random.NextNormal()), 0, 1);
        AssertMoments(Draw(_ => random.NextExponential()), 1, 1);
        AssertMoments(Draw(_ => random.NextInt(7)), 3, 4);
        AssertMoments(Draw(_ => random.NextBeta(2, 3)), 0.4, 0.04);
    }

    [Fact]
    public void A_shuffle_keeps_the_items_and_moves_each_everywhere()
    {
        var random = new DeterministicRandom(25);
        var places = new int[4, 4];
        for (var run = 0; run < 40_000; run++)
        {
            int[] items = [0, 1, 2, 3];
            random.Shuffle<int>(items);
            Assert.Equal(6, items.Distinct().Sum());
            for (var place = 0; place < 4; place++)
                places[items[place], place]++;
        }
        foreach (var count in places)
            Assert.InRange(count, 9_600, 10_400);
    }

    [Fact]
    public void A_default_generator_still_draws()
    {
        var random = default(DeterministicRandom);
        Assert.NotEqual(random.NextBits(), random.NextBits());
    }

    [Fact]
    public void Impossible_parameters_are_refused()
    {
        var random = new DeterministicRandom(1);
        var gamma = Assert.Throws<ArgumentOutOfRangeException>(() => random.NextGamma(0));
        Assert.StartsWith("a gamma shape must be above 0 and finite.", gamma.Message, StringComparison.Ordinal);
        var poisson = Assert.Throws<ArgumentOutOfRangeException>(() => random.NextPoisson(-1));
        Assert.StartsWith("a Poisson mean must be within 0 and 1e9.", poisson.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextInt(0));
    }

    static double[] Draw(Func<ulong, double> next)
    {
        var draws = new double[Draws];
        for (var i = 0; i < Draws; i++)
            draws[i] = next((ulong)i);
        return draws;
    }

    /// <summary>Mean and variance within about five standard errors, the variance's taken from the fourth moment.</summary>
    static void AssertMoments(double[] draws, double mean, double variance)
    {
        var actualMean = draws.Average();
        var squares = draws.Select(draw => (draw - mean) * (draw - mean)).ToArray();
        var spread = Math.Sqrt(squares.Select(square => (square - variance) * (square - variance)).Average() / Draws);
        Assert.True(Math.Abs(actualMean - mean) <= 5 * Math.Sqrt(variance / Draws), $"mean {actualMean}, not {mean}");
        Assert.True(
            Math.Abs(squares.Average() - variance) <= 5 * spread + 1e-12,
            $"variance {squares.Average()}, not {variance}"
        );
    }
}
