namespace Halley.Boosting.Tests;

public sealed class SamplingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_draw_parts_the_rows_and_keeps_their_order(int threads)
    {
        var sampler = new RowSampler(30_000, 0.3, 7, threads);

        sampler.Draw(5);

        var (sampled, leftOut) = (sampler.Sampled.ToArray(), sampler.LeftOut.ToArray());
        Assert.InRange(sampled.Length, 8_700, 9_300);
        Assert.Equal(sampled.Order(), sampled);
        Assert.Equal(leftOut.Order(), leftOut);
        Assert.Equal(Enumerable.Range(0, 30_000), sampled.Concat(leftOut).Order());
    }

    [Fact]
    public void A_draw_depends_on_seed_and_round_alone()
    {
        var (one, other) = (new RowSampler(20_000, 0.5, 7, 1), new RowSampler(20_000, 0.5, 7, 3));
        one.Draw(1);
        one.Draw(2);
        other.Draw(2);
        var second = one.Sampled.ToArray();
        Assert.Equal(second, other.Sampled.ToArray());

        one.Draw(3);
        Assert.NotEqual(second, one.Sampled.ToArray());
        var seeded = new RowSampler(20_000, 0.5, 8, 1);
        seeded.Draw(2);
        Assert.NotEqual(second, seeded.Sampled.ToArray());
    }

    [Fact]
    public void All_rows_are_an_empty_draw()
    {
        var sampler = new RowSampler(10, 1, 7, 1);

        sampler.Draw(0);

        Assert.True(sampler.Sampled.IsEmpty && sampler.LeftOut.IsEmpty);
    }

    [Fact]
    public void Features_are_drawn_evenly_and_rounded_up()
    {
        var sampler = new ColumnSampler(9, 0.5, 3);

        var draws = Enumerable.Range(0, 900).Select(sampler.Draw).ToArray();

        Assert.All(draws, draw => Assert.Equal(5, draw.Distinct().Count()));
        Assert.All(draws, draw => Assert.Equal(draw.Order(), draw));
        Assert.All(Enumerable.Range(0, 9), feature => Assert.InRange(draws.Count(draw => draw.Contains(feature)), 430, 570));
    }
}
