namespace Halley.Cli.Tests;

/// <summary><c>halley fit MODEL --snapshots FOLDER</c></summary>
public class SnapshotTests
{
    [Fact]
    public async Task A_second_fit_goes_on_from_the_first_and_a_glm_takes_none()
    {
        using var folder = new TemporaryFolder();
        var project = Path.Combine(folder.Path, "project");
        var work = Path.Combine(folder.Path, "work");
        Assert.Equal(0, (await Command.RunAsync("init", project, "--data", folder.File("book.csv", StarterBook.Text()))).Status);
        string[] fit = ["fit", "trees", "--project", project, "--snapshots", work, "--snapshot-rounds", "5"];

        foreach (var run in new[] { await Command.RunAsync(fit), await Command.RunAsync(fit) })
            Assert.True(run.Status == 0, run.Messages);

        Assert.NotEmpty(
            Directory.GetFiles(Path.Combine(work, Directory.GetDirectories(work).Select(Path.GetFileName).Single()!))
        );
        var ledger = await Command.RunAsync("runs", "--project", project, "--json");
        Assert.Equal(
            ledger.Json()[0].GetProperty("artefact_hash").GetString(),
            ledger.Json()[1].GetProperty("artefact_hash").GetString()
        );
        File.WriteAllText(
            Path.Combine(project, "models", "plain.yaml"),
            "model: plain\ndata: ../book.csv\nlearner: glm\ntarget: claims\nfamily: poisson\nterms:\n  - number: age\n"
        );
        var refused = await Command.RunAsync("fit", "plain", "--project", project, "--snapshots", work);
        Assert.Contains(
            "HLY3479: model 'plain': only a fit of boosted trees takes snapshots",
            refused.Messages,
            StringComparison.Ordinal
        );
    }
}
