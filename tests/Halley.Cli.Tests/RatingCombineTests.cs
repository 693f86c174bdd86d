namespace Halley.Cli.Tests;

/// <summary>Frequency and severity models of several perils as one table.</summary>
public sealed class RatingCombineTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public RatingCombineTests()
    {
        RatingBook.Write(folder);
        Spec("hit-count", "claims", "poisson", "{ factor: zone }, { bands: age, cuts: [25, 60] }");
        Spec("hit-cost", "cost", "gamma", "{ factor: fuel }");
        Spec("glass-count", "glass", "poisson", "{ factor: doors }, { bands: age, cuts: [40] }");
        Spec("glass-cost", "panes", "gamma", "{ factor: zone }");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task One_table_keeps_the_total_of_the_sum_and_of_every_level_and_tells_what_is_lost()
    {
        await RatingBook.JsonAsync(folder, 0, "fit", "hit-count", "hit-cost", "glass-count", "glass-cost");

        var combined = await RatingBook.JsonAsync(
            folder,
            0,
            [
                "rating",
                "combine",
                "hit=hit-count:hit-cost",
                "glass=glass-count:glass-cost",
                "--out",
                "premium",
                "--target",
                "total",
            ]
        );

        var (exact, table) = ((double)combined["exact"]!, (double)combined["table"]!);
        Assert.Equal(exact, table, 1e-9 * exact);
        Assert.Equal(exact, combined["perils"]!.AsArray().Sum(peril => (double)peril!["total"]!), 1e-9 * exact);
        // The sum by hand, from the four models' own predictions.
        var sums = await Task.WhenAll(
            new[] { "hit-count", "hit-cost", "glass-count", "glass-cost" }.Select(model => RatingBook.PredictAsync(folder, model))
        );
        var byHand = Enumerable
            .Range(0, sums[0].Count)
            .Select(row => sums[0][row] * sums[1][row] + sums[2][row] * sums[3][row])
            .ToList();
        Assert.Equal(byHand.Sum(), exact, 1e-9 * exact);
        var premium = await RatingBook.PredictAsync(folder, "premium");
        Assert.Equal(exact, premium.Sum(), 1e-9 * exact);
        var losses = combined["losses"]!.AsArray();
        Assert.Equal(["zone", "age", "fuel", "doors"], losses.Select(loss => (string)loss!["factor"]!));
        Assert.All(losses, loss => Assert.InRange((double)loss!["marginal"]!, 0, 1e-7));
        Assert.All(losses, loss => Assert.InRange((double)loss!["loss"]!, 1e-6, (double)combined["loss"]!));
        var off = premium.Zip(byHand, (given, sum) => Math.Abs(given - sum)).Sum() / 2 / exact;
        Assert.Equal(off, (double)combined["loss"]!, 1e-9);
        var view = await RatingBook.JsonAsync(folder, 0, "rating", "show", "premium");
        var ages = view["factors"]!.AsArray().Single(factor => (string)factor!["factor"]! == "age")!["levels"]!.AsArray();
        Assert.Equal(["<25", "[25,40)", "[40,60)", ">=60"], ages.Select(level => (string)level!["level"]!));
    }

    [Fact]
    public async Task One_peril_of_two_models_is_their_product()
    {
        await RatingBook.JsonAsync(folder, 0, "fit", "hit-count", "hit-cost");

        var combined = await RatingBook.JsonAsync(
            folder,
            0,
            ["rating", "combine", "hit=hit-count:hit-cost", "--out", "premium", "--target", "total"]
        );

        Assert.InRange((double)combined["loss"]!, 0, 1e-9);
        var (count, cost, premium) = (
            await RatingBook.PredictAsync(folder, "hit-count"),
            await RatingBook.PredictAsync(folder, "hit-cost"),
            await RatingBook.PredictAsync(folder, "premium")
        );
        for (var row = 0; row < count.Count; row++)
            Assert.Equal(count[row] * cost[row], premium[row], 1e-8 * premium[row]);
    }

    [Theory]
    [InlineData("HLY7072", "hit")]
    [InlineData("HLY7013", "hit=nobody")]
    [InlineData("HLY2140", "hit=sloped")]
    public async Task A_peril_that_can_not_be_combined_is_refused(string code, string peril)
    {
        Spec("sloped", "claims", "poisson", "{ number: age }");
        await RatingBook.JsonAsync(folder, 0, "fit", "sloped");

        var run = await Command.RunAsync(
            "rating",
            "combine",
            peril,
            "--out",
            "premium",
            "--target",
            "total",
            "--project",
            folder.Path
        );

        Assert.Equal(2, run.Status);
        Assert.Contains(code, run.Messages);
    }

    void Spec(string name, string target, string family, string terms) =>
        folder.File($"models/{name}.yaml", RatingBook.Peril(name, target, family, terms));
}
