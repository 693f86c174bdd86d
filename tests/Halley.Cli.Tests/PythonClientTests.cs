using Halley.Server;

namespace Halley.Cli.Tests;

/// <summary>The Python client: its wheel is the same at every build, and works against the live server.</summary>
public class PythonClientTests
{
    static readonly Dictionary<string, string> StandardLibrary = new() { ["zipfile"] = "python3" };

    [Fact]
    public async Task The_wheel_scores_decides_and_reports_against_the_live_server()
    {
        using var folder = new TemporaryFolder();
        var project = Path.Combine(folder.Path, "project");
        await PassesAsync("init", project, "--data", folder.File("book.csv", StarterBook.Text()));
        await PassesAsync("fit", "glm", "--project", project);
        await PassesAsync("release", "decision", "--project", project);
        await PassesAsync("promote", "decision@1", "--to", "staging", "--project", project);
        var wheel = Wheel(folder, "one");
        await using var app = DecisionServer.Build(
            new()
            {
                Store = Path.Combine(project, ".halley", "store"),
                Environment = "staging",
                Address = "http://127.0.0.1:0",
            },
            TimeProvider.System
        );
        await app.StartAsync(TestContext.Current.CancellationToken);
        var script = Path.Combine(ProjectRoot.Path, "tests", "Halley.Cli.Tests", "Python", "client.py");
        var run = PythonProgram.Run(script, folder.Path, StandardLibrary, wheel, app.Urls.First(), project);
        await app.StopAsync(TestContext.Current.CancellationToken);
        Assert.True(run.Status == 0, run.Output);
        var isWhole = Environment.GetEnvironmentVariable("HALLEY_REQUIRE_TOOLS") == "1";
        Assert.Contains(isWhole ? "client passed with pandas" : "client passed", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_builds_give_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(File.ReadAllBytes(Wheel(folder, "one")), File.ReadAllBytes(Wheel(folder, "two")));
    }

    static string Wheel(TemporaryFolder folder, string name)
    {
        var place = Directory.CreateDirectory(Path.Combine(folder.Path, name)).FullName;
        var run = PythonProgram.Run(
            Path.Combine(ProjectRoot.Path, "python", "build_wheel.py"),
            folder.Path,
            StandardLibrary,
            place
        );
        Assert.True(run.Status == 0, run.Output);
        return run.Output.Trim();
    }

    static async Task PassesAsync(params string[] arguments)
    {
        var run = await Command.RunAsync(arguments);
        Assert.True(run.Status == 0, run.Output + run.Messages);
    }
}
