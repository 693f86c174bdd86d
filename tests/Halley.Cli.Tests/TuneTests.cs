namespace Halley.Cli.Tests;

/// <summary>Settings are searched, the model fitted with the best, and a file written that says the same.</summary>
public class TuneTests
{
    [Fact]
    public async Task The_best_settings_are_fitted_and_the_written_file_gives_the_same_model()
    {
        using var folder = new TemporaryFolder();
        var project = Path.Combine(folder.Path, "project");
        await Passes("init", project, "--data", folder.File("book.csv", StarterBook.Text()));
        var written = Path.Combine(project, "models", "found.yaml");

        var run = await Command.RunAsync([
            "tune",
            "trees",
            "--trials",
            "4",
            "--folds",
            "3",
            "--rounds",
            "40",
            "--out",
            written,
            "--project",
            project,
            "--json",
        ]);

        Assert.True(run.Status == 0, run.Messages);
        var report = run.Json();
        var trials = report.GetProperty("trials").EnumerateArray().ToList();
        Assert.Equal(4, trials.Count);
        Assert.True(report.GetProperty("best").GetProperty("deviance").GetDouble() <= report.GetProperty("first").GetDouble());
        var ledger = await Command.RunAsync("runs", "--project", project, "--json");
        Assert.Equal("tune", ledger.Json()[0].GetProperty("kind").GetString());

        // The file that was written fits to the same artefact.
        var fit = await Command.RunAsync("fit", written, "--project", project, "--json");
        Assert.True(fit.Status == 0, fit.Messages);
        var again = await Command.RunAsync("runs", "--project", project, "--json");
        Assert.Equal(
            again.Json()[0].GetProperty("artefact_hash").GetString(),
            again.Json()[1].GetProperty("artefact_hash").GetString()
        );
    }

    [Fact]
    public async Task Settings_of_a_glm_are_not_searched()
    {
        using var folder = new TemporaryFolder();
        var project = Path.Combine(folder.Path, "project");
        await Passes("init", project, "--data", folder.File("book.csv", StarterBook.Text()));
        var run = await Command.RunAsync("tune", "glm", "--project", project);
        Assert.Equal(2, run.Status);
        Assert.Contains("HLY3411", run.Messages, StringComparison.Ordinal);
    }

    static async Task Passes(params string[] arguments)
    {
        var run = await Command.RunAsync(arguments);
        Assert.True(run.Status == 0, $"halley {string.Join(' ', arguments)} ended with {run.Status}: {run.Messages}{run.Output}");
    }
}
