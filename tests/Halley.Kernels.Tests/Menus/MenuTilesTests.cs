namespace Halley.Kernels.Tests;

public class MenuTilesTests
{
    const int Options = 13;
    const int Measures = 4;

    static (float[] Tile, float[] Weights) Drawn(ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var tile = new float[Options * Measures * MenuTiles.Lanes];
        // Few different whole numbers: ties are common.
        for (var i = 0; i < tile.Length; i++)
            tile[i] = random.NextInt(7) - 3;
        var weights = new float[Measures * MenuTiles.Lanes];
        for (var i = 0; i < weights.Length; i++)
            weights[i] = random.NextInt(5) - 2;
        return (tile, weights);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [Trait("Category", "Determinism")]
    public void Best_is_the_first_of_the_largest_as_by_plain_loops(int seed)
    {
        var (tile, weights) = Drawn((ulong)seed);
        var (best, top) = (new int[MenuTiles.Lanes], new double[MenuTiles.Lanes]);
        MenuTiles.FindBest(tile, Options, Measures, weights, best);
        MenuTiles.FindTop(tile, Options, Measures, [.. weights.Select(weight => (double)weight)], top);
        for (var lane = 0; lane < MenuTiles.Lanes; lane++)
        {
            var scores = Enumerable
                .Range(0, Options)
                .Select(option =>
                    Enumerable
                        .Range(0, Measures)
                        .Sum(measure =>
                            tile[MenuTiles.CellOf(option, measure, Measures, lane)] * weights[measure * MenuTiles.Lanes + lane]
                        )
                )
                .ToArray();
            Assert.Equal(scores.Max(), top[lane]);
            Assert.Equal(Array.IndexOf(scores, scores.Max()), best[lane]);
        }
        Fingerprint.Record($"menu tiles {seed}", [.. best.Select(one => (double)one), .. top]);
    }

    [Fact]
    public void Shapes_that_do_not_belong_together_are_refused() =>
        Assert.Throws<ArgumentException>(() => MenuTiles.FindBest(new float[10], 1, 1, new float[16], new int[16]));
}
