using System.Globalization;

namespace Halley.Cli.Tests;

/// <summary>Leaves of boosted trees brought up to date by the command line.</summary>
public sealed class RefitTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public RefitTests()
    {
        RatingBook.Write(folder);
        folder.File(
            "models/trees.yaml",
            "model: trees\ndata: book.csv\nlearner: boosting\ntarget: claims\nfamily: poisson\nexposure: years\nfeatures: [age, zone, fuel]\noptions: { rounds: 20 }\n"
        );
        // A year later: twice the claims.
        var rows = RatingBook.Text(2400).TrimEnd('\n').Split('\n').Select(row => row.Split(',')).ToList();
        foreach (var row in rows.Skip(1))
            row[6] = (2 * int.Parse(row[6], CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture);
        folder.File("later.csv", string.Join('\n', rows.Select(row => string.Join(',', row))) + "\n");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_refitted_model_serves_and_says_where_it_is_from()
    {
        await RatingBook.JsonAsync(folder, 0, "fit", "trees");

        var half = await RatingBook.JsonAsync(
            folder,
            0,
            ["refit", "trees", "--data", "later.csv", "--decay", "0", "--out", "trees-later"]
        );

        Assert.Equal("trees", (string)half["refit"]!["model"]!);
        Assert.Equal(0, (double)half["refit"]!["decay"]!);
        Assert.Equal("trees-later@1", (string)half["saved"]!["version"]!);
        var (old, later) = (await RatingBook.PredictAsync(folder, "trees"), await RatingBook.PredictAsync(folder, "trees-later"));
        Assert.Equal(2 * old.Sum(), later.Sum(), 1e-6 * later.Sum());
        await RatingBook.JsonAsync(folder, 0, "refit", "trees", "--data", "later.csv", "--out", "trees-mixed");
        var mixed = await RatingBook.PredictAsync(folder, "trees-mixed");
        Assert.InRange(mixed.Sum(), 1.01 * old.Sum(), 1.5 * old.Sum());
        // The ledger knows what it was; its spec alone would give another model.
        var runs = await RatingBook.JsonAsync(folder, 0, "runs");
        var run = runs.AsArray().Single(own => (string)own!["model"]! == "trees-later")!;
        Assert.Equal("refit", (string)run["kind"]!);
        var again = await Command.RunAsync("runs", "reproduce", (string)run["id"]!, "--project", folder.Path);
        Assert.Equal(2, again.Status);
        Assert.Contains("HLY3205", again.Messages);
        Assert.Contains("halley refit", again.Messages);
    }

    [Fact]
    public async Task A_glm_is_refused()
    {
        await RatingBook.JsonAsync(folder, 0, "fit", "counts");

        var run = await Command.RunAsync(
            "refit",
            "counts",
            "--data",
            "later.csv",
            "--out",
            "counts-later",
            "--project",
            folder.Path
        );

        Assert.Equal(2, run.Status);
        Assert.Contains("HLY3482", run.Messages);
    }
}
