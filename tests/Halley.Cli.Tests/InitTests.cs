namespace Halley.Cli.Tests;

/// <summary>A user's own file becomes a project that fits, tests, releases and is promoted as it stands.</summary>
public class InitTests
{
    [Fact]
    public async Task A_users_file_becomes_a_project_that_walks_the_road()
    {
        using var folder = new TemporaryFolder();
        var data = folder.File("book.csv", StarterBook.Text());
        var project = Path.Combine(folder.Path, "project");
        Assert.Equal(0, (await Command.RunAsync("init", project, "--data", data)).Status);

        var fit = await Command.RunAsync("fit", "--project", project, "--json");
        Assert.True(fit.Status == 0, fit.Messages);
        Assert.Equal(["glm", "trees"], fit.Json().EnumerateArray().Select(run => run.GetProperty("model").GetString()));

        await Passes("test", "--project", project);
        await Passes("evaluate", "glm", "--project", project);
        await Passes("compare", "glm", "trees", "--project", project);
        await Passes("report", "glm", "trees", "--project", project);
        await Passes("predict", "glm", "--project", project, "--data", data, "--out", Path.Combine(folder.Path, "predicted.csv"));
        await Passes("release", "decision", "--project", project);
        await Passes("promote", "decision@1", "--to", "staging", "--project", project);
        await Passes("runs", "reproduce", "r1", "--project", project);
        await Passes("verify", "release", "decision@1", "--project", project);
        var live = await Command.RunAsync("live", "--project", project, "--json");
        Assert.Equal("decision@1", live.Json()[0].GetProperty("champion").GetString());
        var page = await File.ReadAllTextAsync(Path.Combine(project, "reports", "claims.html"));
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "http://",
            page.Replace("http://www.w3.org", "", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_promotion_without_the_second_person_ends_with_1_and_an_approval_completes_it()
    {
        using var folder = new TemporaryFolder();
        var project = Path.Combine(folder.Path, "project");
        await Passes("init", project, "--data", folder.File("book.csv", StarterBook.Text()));
        await Passes("fit", "glm", "--project", project);
        await Passes("release", "decision", "--project", project);
        var asked = await Command.RunAsync(
            "promote",
            "decision@1",
            "--to",
            "production",
            "--by",
            "asker",
            "--project",
            project,
            "--json"
        );
        Assert.Equal(1, asked.Status);
        var request = asked.Json().GetProperty("request").GetString()!;
        var same = await Command.RunAsync("promote", "--approve", request, "--by", "asker", "--project", project);
        Assert.NotEqual(0, same.Status);
        await Passes("promote", "--approve", request, "--by", "approver", "--project", project);
    }

    [Fact]
    public async Task A_folder_with_files_is_left_alone()
    {
        using var folder = new TemporaryFolder();
        var data = folder.File("book.csv", StarterBook.Text());
        var run = await Command.RunAsync("init", folder.Path, "--data", data);
        Assert.Equal(2, run.Status);
        Assert.Contains("is not empty", run.Messages, StringComparison.Ordinal);
    }

    static async Task Passes(params string[] arguments)
    {
        var run = await Command.RunAsync(arguments);
        Assert.True(run.Status == 0, $"halley {string.Join(' ', arguments)} ended with {run.Status}: {run.Messages}{run.Output}");
    }
}
