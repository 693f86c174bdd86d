using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting.Tests;

public sealed class SamplingTests
{
    static readonly BoostingOptions Seeded = new() { Seed = 7 };

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_draw_parts_the_rows_and_keeps_their_order(int threads)
    {
        var sampler = new RowSampler(Seeded with { RowShare = 0.3 }, Part(30_000), threads);

        sampler.Draw(5);

        var (sampled, leftOut) = (sampler.Sampled.ToArray(), sampler.LeftOut.ToArray());
        Assert.InRange(sampled.Length, 8_700, 9_300);
        Assert.Equal(sampled.Order(), sampled);
        Assert.Equal(leftOut.Order(), leftOut);
        Assert.Equal(Enumerable.Range(0, 30_000), sampled.Concat(leftOut).Order());
        Assert.Null(sampler.Factors);
    }

    [Fact]
    public void A_draw_depends_on_seed_and_round_alone()
    {
        var (part, half) = (Part(20_000), Seeded with { RowShare = 0.5 });
        var (one, other) = (new RowSampler(half, part, 1), new RowSampler(half, part, 3));
        one.Draw(1);
        one.Draw(2);
        other.Draw(2);
        var second = one.Sampled.ToArray();
        Assert.Equal(second, other.Sampled.ToArray());

        one.Draw(3);
        Assert.NotEqual(second, one.Sampled.ToArray());
        var seeded = new RowSampler(half with { Seed = 8 }, part, 1);
        seeded.Draw(2);
        Assert.NotEqual(second, seeded.Sampled.ToArray());
    }

    [Fact]
    public void All_rows_are_an_empty_draw()
    {
        var sampler = new RowSampler(Seeded, Part(10), 1);

        sampler.Draw(0);

        Assert.True(sampler.Sampled.IsEmpty && sampler.LeftOut.IsEmpty);
    }

    [Fact]
    public void Features_are_drawn_evenly_and_rounded_up()
    {
        var sampler = new ColumnSampler(new() { ColumnShare = 0.5, Seed = 3 }, Bins(9));

        var draws = Enumerable.Range(0, 900).Select(sampler.Draw).ToArray();

        Assert.All(draws, draw => Assert.Equal(5, draw.Distinct().Count()));
        Assert.All(draws, draw => Assert.Equal(draw.Order(), draw));
        Assert.All(Enumerable.Range(0, 9), feature => Assert.InRange(draws.Count(draw => draw.Contains(feature)), 430, 570));
    }

    [Fact]
    public void A_feature_is_drawn_by_its_weight()
    {
        var options = new BoostingOptions
        {
            ColumnShare = 1 / 4.0,
            Seed = 3,
            DrawWeights = new Dictionary<string, double> { ["x0"] = 5 },
        };
        var sampler = new ColumnSampler(options, Bins(4));

        var draws = Enumerable.Range(0, 4000).Select(round => Assert.Single(sampler.Draw(round))).ToArray();

        // One of four with weights 5, 1, 1, 1.
        Assert.InRange(draws.Count(feature => feature == 0), 2400, 2600);
        Assert.All(Enumerable.Range(1, 3), feature => Assert.InRange(draws.Count(draw => draw == feature), 430, 570));
    }

    [Fact]
    public void Large_gradients_are_all_kept_and_others_stand_for_those_left_out()
    {
        var options = Seeded with { RowSampling = RowSampling.LargeGradients, RowShare = 0.3, LargeGradientShare = 0.2 };
        var part = Part(20_000);
        var sampler = new RowSampler(options, part, 2);

        sampler.Draw(1);

        var least = part.Gradient!.Select(Math.Abs).OrderDescending().ElementAt(3999);
        for (var row = 0; row < 20_000; row++)
        {
            if (Math.Abs(part.Gradient![row]) >= least)
                Assert.Equal(1, sampler.Factors![row]);
            else
                Assert.True(sampler.Factors![row] == 0 || Math.Abs(sampler.Factors[row] - 8) < 1e-9);
        }
        Assert.InRange(sampler.Sampled.Length, 5_800, 6_200);
    }

    [Fact]
    public void Minimum_variance_draws_the_share_by_size_and_keeps_sums()
    {
        var options = Seeded with { RowSampling = RowSampling.MinimumVariance, RowShare = 0.25 };
        var part = Part(40_000);
        var chances = RowChances.Of(options, part, 2);

        var all = Enumerable.Range(0, 40_000).Select(chances.Of).ToArray();

        Assert.Equal(10_000, all.Sum(), 1e-3);
        Assert.InRange(all.Count(chance => chance == 1), 1, 9_000);
        // In proportion to the size where a row is not sure to be in.
        var ratio = part.Gradient!.Sum(Math.Abs) / part.Hessian!.Sum();
        var sizes = part.Gradient!.Zip(part.Hessian!, (g, h) => Math.Sqrt(g * g + ratio * ratio * h * h)).ToArray();
        var unsure = Enumerable.Range(0, 40_000).Where(row => all[row] < 1).ToArray();
        Assert.All(unsure.Take(500), row => Assert.Equal(sizes[unsure[0]] / all[unsure[0]], sizes[row] / all[row], 1e-9));
    }

    [Theory]
    [InlineData(RowSampling.Bayesian, 1)]
    [InlineData(RowSampling.LargeGradients, 0.4)]
    [InlineData(RowSampling.MinimumVariance, 0.4)]
    public void Weighed_rows_keep_the_expected_sum(RowSampling sampling, double share)
    {
        var part = Part(2_000);
        var sampler = new RowSampler(Seeded with { RowSampling = sampling, RowShare = share }, part, 1);
        var sums = new List<double>();
        for (var round = 0; round < 400; round++)
        {
            sampler.Draw(round);
            sums.Add(part.Hessian!.Zip(sampler.Factors!, (h, factor) => h * factor).Sum());
        }

        var error = Math.Sqrt(sums.Sum(sum => Math.Pow(sum - sums.Average(), 2))) / 400;
        Assert.InRange(sums.Average(), part.Hessian!.Sum() - 4 * error, part.Hessian!.Sum() + 4 * error);
        Assert.True(error > 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_value_of_a_rank_is_the_sorted_ones(ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var values = Enumerable.Range(0, 501).Select(_ => Math.Floor(40 * random.NextDouble())).ToArray();
        var sorted = values.OrderDescending().ToArray();

        foreach (var rank in new[] { 1, 2, 17, 250, 500, 501 })
            Assert.Equal(sorted[rank - 1], Selection.Largest((double[])values.Clone(), rank));
        Assert.Equal(3, Selection.Largest(new double[] { 3, 3, 3, 3 }, 2));
    }

    /// <summary>Rows of a motor book, their derivatives taken.</summary>
    static BoostedPart Part(int rowCount)
    {
        var set = Books.Set(Books.Motor(rowCount));
        var features = new BinBuilder(255, null).Build(set.Learn, set.Features, 1, default);
        var part = new BoostedPart(
            BinnedTable.Of(set.Learn, features, 1, default),
            TrainingVectors.Of(set, set.Learn),
            -1,
            BoostingLoss.Of(new()),
            1
        );
        part.KeepDerivatives();
        part.Derive(Gradients.Of(rowCount, quantised: true), 1);
        return part;
    }

    static FeatureBins[] Bins(int count) =>
        new BinBuilder(255, null).Build(
            new(Enumerable.Range(0, count).Select(i => new NumericColumn($"x{i}", [0.0, 1, 2]))),
            [.. Enumerable.Range(0, count).Select(i => $"x{i}")],
            1,
            default
        );
}
