namespace Halley.Cli.Tests;

/// <summary>The committee's paper, the difference of two releases, and a release carried to another project, as commands.</summary>
public sealed class PackTests : IAsyncLifetime
{
    readonly TemporaryFolder folder = new();

    string Project => Path.Combine(folder.Path, "project");

    public async ValueTask InitializeAsync()
    {
        folder.File("book.csv", StarterBook.Text());
        await PassesAsync("init", Project, "--data", Path.Combine(folder.Path, "book.csv"));
        await PassesAsync("fit", "glm");
        await File.WriteAllTextAsync(
            Path.Combine(Project, "gates.yaml"),
            "production:\n  - gate: artefacts\n  - { gate: dislocation, threshold: 0.05, maximum_share: 0.5 }\n  - gate: approval\n"
        );
        await PriceAsync("1000 * prediction + 50");
        // It watches outputs of the decision that init drafted.
        File.Delete(Path.Combine(Project, "monitor.yaml"));
        await PassesAsync("release", "decision");
        await PassesAsync(["promote", "decision@1", "--to", "production", "--by", "ann"], 1);
        await PassesAsync("promote", "--approve", await RequestAsync(), "--by", "bert");
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_paper_says_what_changes_for_whom_and_what_stands_against_it_in_the_same_bytes_each_time()
    {
        await PriceAsync("1000 * prediction + if(area == \"C\", 80, 50)");
        await PassesAsync("release", "decision", "--note", "dearer in C");
        var early = await RunAsync("pack", "decision@2");
        Assert.Contains("HLY7124", early.Messages, StringComparison.Ordinal);
        await PassesAsync(["promote", "decision@2", "--to", "production", "--by", "ann", "--portfolio", "records"], 1);
        var (one, two) = (Path.Combine(folder.Path, "one.html"), Path.Combine(folder.Path, "two.html"));
        await PassesAsync("pack", "decision@2", "--portfolio", "records", "--out", one);
        await PassesAsync("pack", "decision@2", "--portfolio", "records", "--out", two);
        var page = await File.ReadAllTextAsync(one);
        Assert.Equal(page, await File.ReadAllTextAsync(two));
        foreach (
            var words in new[]
            {
                "decision@2 for production",
                "Asked by ann",
                "in place of decision@1. ",
                "Release note: dearer in C",
                "1 of 3 gates stand against it: approval.",
                "1000 * prediction + 50 becomes 1000 * prediction + if(area == &quot;C&quot;, 80, 50).",
                "area = C",
                "0 of 1 approvals are given.",
                "It was no shadow before it was asked for",
            }
        )
            Assert.Contains(words, page, StringComparison.Ordinal);
        await PassesAsync("promote", "--approve", await RequestAsync(), "--by", "bert", "--why", "read the paper");
        await PassesAsync("pack", "decision@2", "--portfolio", "records", "--out", two);
        var approved = await File.ReadAllTextAsync(two);
        Assert.Contains("Nothing stands against it: 3 of 3 gates pass.", approved, StringComparison.Ordinal);
        Assert.Contains("read the paper", approved, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_releases_differ_in_words_and_premiums_and_one_travels_to_another_project()
    {
        await PriceAsync("1100 * prediction + 55");
        await PassesAsync("release", "decision");
        var diff = (await RunAsync("diff", "decision@1", "decision@2", "--portfolio", "records", "--json")).Json();
        Assert.Equal(
            "1000 * prediction + 50 becomes 1100 * prediction + 55.",
            Assert.Single(diff.GetProperty("changes").EnumerateArray()).GetProperty("what").GetString()
        );
        // Every premium rises by ten percent, up to the rounding of cents.
        var bands = diff.GetProperty("impact")
            .GetProperty("bands")
            .EnumerateArray()
            .Where(band => band.GetProperty("policies").GetInt64() > 0);
        Assert.All(bands, band => Assert.Contains("+10 %", band.GetProperty("band").GetString(), StringComparison.Ordinal));

        var bundle = Path.Combine(folder.Path, "two.halley");
        await PassesAsync("bundle", "export", "decision@2", "--out", bundle);
        var other = Path.Combine(folder.Path, "other");
        await Command.RunAsync("init", other, "--data", Path.Combine(folder.Path, "book.csv"));
        var stranger = await Command.RunAsync("bundle", "import", bundle, "--project", other);
        Assert.Contains("is not to be believed", Command.Plain(stranger.Messages), StringComparison.Ordinal);
        var key = Path.Combine(Project, ".halley", "store", "keys", "signing.pub.pem");
        var taken = await Command.RunAsync("bundle", "import", bundle, "--trust", key, "--project", other);
        Assert.True(taken.Status == 0, taken.Messages);
        var sound = await Command.RunAsync("verify", "release", "decision@1", "--project", other);
        Assert.True(sound.Status == 0, sound.Messages + sound.Output);
        var input = folder.File("record.json", """{"record_id":"r","age":40,"area":"A","fuel":"diesel"}""");
        var (here, there) = (
            await RunAsync("decide", "decision@2", "--input", input),
            await Command.RunAsync("decide", "decision@1", "--input", input, "--project", other)
        );
        Assert.Equal(here.Output, there.Output);
    }

    async Task PriceAsync(string premium)
    {
        var path = Path.Combine(Project, "decisions", "decision.yaml");
        var text = await File.ReadAllTextAsync(path);
        await File.WriteAllTextAsync(
            path,
            text[..text.IndexOf("outputs:", StringComparison.Ordinal)]
                + $"outputs:\n  premium: {{ value: '{premium}', kind: money, currency: EUR }}\n"
        );
        File.Delete(Path.Combine(Project, "tests", "decision.yaml"));
    }

    /// <summary>The id of the newest request, as the command prints it.</summary>
    async Task<string> RequestAsync()
    {
        var store = new Registry.LocalStore(Path.Combine(Project, ".halley", "store"), TimeProvider.System);
        await using (store)
            return (await store.Registry.RequestsAsync("production"))[^1].Id;
    }

    Task<CommandRun> RunAsync(params string[] arguments) => Command.RunAsync([.. arguments, "--project", Project]);

    Task PassesAsync(params string[] arguments) => PassesAsync(arguments, 0);

    async Task PassesAsync(string[] arguments, int expected)
    {
        var run = await (arguments[0] == "init" ? Command.RunAsync(arguments) : RunAsync(arguments));
        Assert.True(
            run.Status == expected,
            $"halley {string.Join(' ', arguments)} ended with {run.Status}: {run.Messages}{run.Output}"
        );
    }
}
