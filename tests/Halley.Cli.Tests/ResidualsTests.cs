namespace Halley.Cli.Tests;

/// <summary><c>halley residuals MODEL</c></summary>
public sealed class ResidualsTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public ResidualsTests() => RatingBook.Write(folder);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Rows_go_to_a_file_and_groups_to_the_screen()
    {
        await RatingBook.JsonAsync(folder, 0, "fit", "counts");
        var path = Path.Combine(folder.Path, "residuals.csv");
        var shown = await RatingBook.JsonAsync(
            folder,
            0,
            "residuals",
            "counts",
            "--by",
            "zone",
            "panes",
            "--groups",
            "10",
            "--out",
            path
        );
        var lines = await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal((int)shown["rows"]!, lines.Length - 1);
        Assert.StartsWith("id,zone,fuel,age", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("studentised_residual,cooks_distance,dffits", lines[0], StringComparison.Ordinal);
        Assert.Equal(10, shown["groups"]!.AsArray().Count);
        Assert.Equal(["zone", "panes"], shown["factors"]!.AsArray().Select(factor => (string)factor!["factor"]!));
        var zones = shown["factors"]![0]!["levels"]!.AsArray();
        Assert.Contains(zones, level => (string)level!["level"]! == "(missing)");
        Assert.Equal(5, shown["influential"]!.AsArray().Count);
        // The rows that move the fit most are named as the data number them.
        var worst = shown["influential"]![0]!;
        var book = await File.ReadAllLinesAsync(Path.Combine(folder.Path, "book.csv"), TestContext.Current.CancellationToken);
        Assert.Equal(
            (double)worst["target"]!,
            double.Parse(book[(int)worst["row"]!].Split(',')[6], System.Globalization.CultureInfo.InvariantCulture)
        );
    }

    [Fact]
    public async Task A_correction_of_a_tariff_has_its_residuals_too()
    {
        await RatingBook.JsonAsync(folder, 0, "fit", "counts");
        folder.File(
            "models/correction.yaml",
            "model: correction\ndata: book.csv\nlearner: glm\ntarget: claims\nfamily: poisson\nexposure: years\noffset: { model: counts }\nterms: [{ factor: doors }]\nsplit: { test_share: 0.25, key: id }\n"
        );
        await RatingBook.JsonAsync(folder, 0, "fit", "correction");
        var shown = await RatingBook.JsonAsync(folder, 0, "residuals", "correction", "--by", "doors");
        Assert.All(
            shown["factors"]![0]!["levels"]!.AsArray(),
            level => Assert.Equal(0, (double)level!["residual"]!["residual"]!, 1e-6)
        );
    }

    [Fact]
    public async Task Groups_that_are_none_are_refused()
    {
        await RatingBook.JsonAsync(folder, 0, "fit", "counts");
        var run = await Command.RunAsync("residuals", "counts", "--groups", "0", "--project", folder.Path);
        Assert.Equal(2, run.Status);
        Assert.Contains("HLY3491: --groups 0", run.Messages, StringComparison.Ordinal);
    }
}
