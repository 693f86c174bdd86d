namespace Halley.Cli.Tests;

/// <summary>What a slip of the finger must not do: reach customers, pass a gate, or change money without a word.</summary>
public sealed class PlaceTests : IAsyncLifetime
{
    readonly TemporaryFolder folder = new();

    string Project => Path.Combine(folder.Path, "project");

    public async ValueTask InitializeAsync()
    {
        await Passes("init", Project, "--data", folder.File("book.csv", StarterBook.Text()));
        await Passes("fit", "glm", "--project", Project);
        await Passes("release", "decision", "--project", Project);
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("promote", "decision@1", "--to", "prodution")]
    [InlineData("gate", "run", "decision@1", "--for", "prodution")]
    [InlineData("serve", "--in", "prodution")]
    [InlineData("value", "--in", "prodution")]
    [InlineData("live", "--in", "prodution")]
    [InlineData("rollback", "decision", "--in", "prodution")]
    [InlineData("withdraw", "decision@1", "--in", "prodution")]
    public async Task A_misspelt_environment_is_refused_with_the_one_that_was_meant(params string[] arguments)
    {
        var run = await Command.RunAsync([.. arguments, "--project", Project]);
        Assert.Equal(2, run.Status);
        Assert.Contains("HLY7047", run.Messages, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'production'?", OneLine(run.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_environment_that_gates_yaml_names_exists()
    {
        await File.AppendAllTextAsync(Path.Combine(Project, "gates.yaml"), "uat: []\n");
        await Passes("promote", "decision@1", "--to", "uat", "--project", Project);
    }

    [Fact]
    public async Task A_release_whose_tests_fail_is_no_shadow_either_and_the_table_says_so()
    {
        var tests = Path.Combine(Project, "tests", "decision.yaml");
        var text = await File.ReadAllTextAsync(tests);
        var name = new string('x', 150);
        await File.WriteAllTextAsync(
            tests,
            text.TrimEnd() + $"\n  - name: {name}\n    action: decline\n  - name: second {name}\n    action: decline\n"
        );
        await Passes("promote", "decision@1", "--to", "staging", "--project", Project);
        await Passes("release", "decision", "--project", Project);

        var run = await Command.RunAsync("promote", "decision@2", "--to", "staging", "--as", "shadow", "--project", Project);

        Assert.Equal(1, run.Status);
        Assert.Contains("FAIL", run.Output, StringComparison.Ordinal);
        Assert.Contains("decision_tests", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 of 3 tests failed", OneLine(run.Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shadow_is_withdrawn()
    {
        await Passes("promote", "decision@1", "--to", "staging", "--project", Project);
        // A release holds its value definition: with one it is another release.
        await File.WriteAllTextAsync(
            Path.Combine(Project, "value.yaml"),
            "decision:\n  currency: EUR\n  terms:\n    - { outcome: paid }\n"
        );
        await Passes("release", "decision", "--project", Project);
        await Passes("promote", "decision@2", "--to", "staging", "--as", "shadow", "--project", Project);
        await Passes("withdraw", "decision@2", "--in", "staging", "--project", Project);
        var live = await Command.RunAsync("live", "--project", Project, "--json");
        Assert.Empty(live.Json()[0].GetProperty("shadows").EnumerateArray());
    }

    [Theory]
    [InlineData("decision:\n  currency: EUR\n  terms:\n    - { output: premum }\n", "'decision' has no output 'premum'")]
    [InlineData(
        "decision:\n  currency: EUR\n  terms:\n    - { outcome: paid }\n  expected_output: nope\n",
        "'decision' has no output 'nope'"
    )]
    [InlineData("decison:\n  currency: EUR\n  terms:\n    - { outcome: paid }\n", "there is no decision 'decison'")]
    public async Task A_misspelt_name_in_value_yaml_is_an_error_not_another_value(string value, string words)
    {
        await File.WriteAllTextAsync(Path.Combine(Project, "value.yaml"), value);
        var run = await Command.RunAsync("value", "--project", Project, "--json");
        Assert.Equal(2, run.Status);
        var error = run.Json().GetProperty("error");
        Assert.Equal("HLY7048", error.GetProperty("code").GetString());
        Assert.Contains(words, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_alone_lists_them()
    {
        var run = await Command.RunAsync("runs", "--project", Project, "--json");
        Assert.Equal(0, run.Status);
        Assert.Equal("glm", Assert.Single(run.Json().EnumerateArray()).GetProperty("model").GetString());
    }

    static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    static async Task Passes(params string[] arguments)
    {
        var run = await Command.RunAsync(arguments);
        Assert.True(run.Status == 0, $"halley {string.Join(' ', arguments)} ended with {run.Status}: {run.Messages}{run.Output}");
    }
}
