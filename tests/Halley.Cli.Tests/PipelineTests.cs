using System.Text;
using System.Text.Json.Nodes;
using Halley.Server;

namespace Halley.Cli.Tests;

/// <summary>The pipelines that <c>halley init</c> writes: their steps, taken from the files, walk a change to production.</summary>
public sealed class PipelineTests : IAsyncLifetime
{
    readonly TemporaryFolder folder = new();

    Dictionary<string, List<string>> jobs = [];

    string Main => Path.Combine(folder.Path, "project");

    public async ValueTask InitializeAsync()
    {
        var run = await Command.RunAsync("init", Main, "--data", folder.File("book.csv", StarterBook.Text()));
        Assert.True(run.Status == 0, run.Messages);
        jobs = PipelineFile.GitHub(Path.Combine(Main, ".github", "workflows", "halley.yml"));
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Every_step_is_one_halley_command_and_both_pipelines_have_the_same()
    {
        Assert.Equal(["review", "merge", "canary", "promote", "rollback", "watch"], jobs.Keys);
        foreach (var command in jobs.Values.SelectMany(steps => steps))
        {
            var isSetting =
                command == "dotnet tool install --global halley --version 0.1.0"
                || command.StartsWith("gh ", StringComparison.Ordinal);
            Assert.True(isSetting || command.StartsWith("halley ", StringComparison.Ordinal), command);
            Assert.DoesNotContain('\n', command);
            Assert.DoesNotContain("${{", command, StringComparison.Ordinal);
        }
        var gitlab = PipelineFile.GitLab(Path.Combine(Main, ".gitlab-ci.yml"));
        foreach (var job in new[] { "review", "merge", "canary", "promote", "rollback" })
            Assert.Equal(Halley(jobs[job]).Order(), gitlab[job].Order());
        Assert.Equal(
            Halley(jobs["watch"]).Order(),
            new[] { "monitor", "value", "proposal" }.SelectMany(job => gitlab[job]).Order()
        );
    }

    [Fact]
    public async Task The_steps_of_the_files_walk_a_change_to_production()
    {
        // 1. A first change: no champion yet, and none that it could be compared with.
        var first = Clone("first");
        await RunAsync(first, "review");
        Assert.Contains(
            "There is no champion in dev",
            File.ReadAllText(Path.Combine(first, "review.md")),
            StringComparison.Ordinal
        );
        await RunAsync(Main, "merge");
        Assert.Equal("decision@1", (await LiveAsync("staging"))["champion"]!.ToString());
        await RunAsync(Main, "canary");
        Assert.Equal("decision@1", (await LiveAsync("production"))["champion"]!.ToString());

        // 2. A second change is reviewed against the champion, in a clone that has its bundle and its key.
        var model = Path.Combine(Main, "models", "glm.yaml");
        File.WriteAllText(model, File.ReadAllText(model).Replace("  - factor: fuel\n", "", StringComparison.Ordinal));
        File.Copy(Path.Combine(Main, ".halley", "store", "keys", "signing.pub.pem"), Path.Combine(Main, "champion.pub.pem"));
        var second = Clone("second");
        await RunAsync(second, "review");
        var review = File.ReadAllText(Path.Combine(second, "review.md"));
        Assert.Contains("decision\\@2 against decision\\@1", review, StringComparison.Ordinal);
        Assert.Contains("learned on 20 % of the learn rows", review, StringComparison.Ordinal);
        Assert.Matches(@"\| prediction \| deviance \| [0-9.]+ \| [0-9.]+ \| [-0-9.E]+ \\\([-0-9.E]+ to [-0-9.E]+\\\) \|", review);
        Assert.Contains("### Dislocation of prediction", review, StringComparison.Ordinal);
        Assert.Matches(@"\| rating table of prediction \| area = [ABC]: [0-9.]+ becomes [0-9.]+", review);
        Assert.Contains(
            "<h2>Dislocation of prediction</h2>",
            File.ReadAllText(Path.Combine(second, "review.html")),
            StringComparison.Ordinal
        );

        // 3. Merged it is a shadow; a share of production needs that shadow's evidence, and without it nothing changes there.
        await RunAsync(Main, "merge");
        Assert.Equal("decision@2", (await LiveAsync("staging"))["shadows"]![0]!.ToString());
        await RunAsync(Main, "merge");
        var refused = await StepAsync(
            Main,
            jobs["canary"].Single(step => step.Contains("canary start", StringComparison.Ordinal))
        );
        Assert.Contains("HLY5302", refused.Messages, StringComparison.Ordinal);
        Assert.Empty((await LiveAsync("production"))["challengers"]!.AsArray());
        await AnswerInStagingAsync(100);
        await RunAsync(Main, "canary");
        Assert.Equal("decision@2", (await LiveAsync("production"))["challengers"]![0]!["release"]!.ToString());
        await RunAsync(Main, "promote");
        Assert.Equal("decision@2", (await LiveAsync("production"))["champion"]!.ToString());
        Assert.Equal("decision@2", (await LiveAsync("staging"))["champion"]!.ToString());

        // 4. Every day: nothing is wrong, so nothing is proposed; on other data a proposal is a release that is live nowhere.
        await RunAsync(Main, "watch");
        Assert.False(File.Exists(Path.Combine(Main, "proposal.md")));
        var proposal = jobs["watch"].Single(step => step.StartsWith("halley propose", StringComparison.Ordinal));
        Assert.Equal(0, (await StepAsync(Main, proposal + " --always")).Status);
        Assert.False(File.Exists(Path.Combine(Main, "proposal.md")));
        folder.File("book.csv", StarterBook.Text().Replace("petrol,0.5,", "petrol,0.75,", StringComparison.Ordinal));
        Assert.Equal(0, (await StepAsync(Main, proposal + " --always")).Status);
        Assert.Contains(
            "Proposal: decision\\@3 against decision\\@2",
            File.ReadAllText(Path.Combine(Main, "proposal.md")),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("decision@3", (await LiveAsync("production")).ToJsonString(), StringComparison.Ordinal);
        await RunAsync(Main, "rollback");
        Assert.Equal("decision@1", (await LiveAsync("production"))["champion"]!.ToString());
    }

    [Fact]
    public async Task A_sample_takes_learn_rows_alone_and_reproduces()
    {
        var whole = await Command.RunAsync("fit", "glm", "--project", Main, "--json");
        var sample = await Command.RunAsync("fit", "glm", "--sample", "0.25", "--project", Main, "--json");
        Assert.True(sample.Status == 0, sample.Messages);
        Assert.Equal(Rows(whole, "test"), Rows(sample, "test"));
        Assert.InRange(Rows(sample, "learn") / (double)Rows(whole, "learn"), 0.2, 0.3);
        Assert.Equal(0, (await Command.RunAsync("runs", "reproduce", "r2", "--project", Main)).Status);
        var refused = await Command.RunAsync("fit", "glm", "--sample", "1.5", "--project", Main);
        Assert.Equal(2, refused.Status);
        Assert.Contains("the share of learn rows is 1.5", refused.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_tells_every_problem_of_every_file()
    {
        File.AppendAllText(Path.Combine(Main, "gates.yaml"), "uat:\n  - gate: artefact\n");
        File.AppendAllText(Path.Combine(Main, "models", "trees.yaml"), "rounds: many\n");
        var run = await Command.RunAsync("check", "--tables", "--project", Main);
        Assert.Equal(1, run.Status);
        Assert.Contains("gates.yaml: HLY3501", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{Path.Combine("models", "trees.yaml")}: HLY3501", run.Output, StringComparison.Ordinal);
        Assert.Contains("8 of 10 files and tables are as their schemas say", run.Output, StringComparison.Ordinal);
    }

    static int Rows(CommandRun fit, string part) =>
        fit.Json()[0]
            .GetProperty("metrics")
            .EnumerateArray()
            .Single(metrics => metrics.GetProperty("part").GetString() == part)
            .GetProperty("rows")
            .GetInt32();

    static IEnumerable<string> Halley(IEnumerable<string> steps) =>
        steps.Where(step => step.StartsWith("halley ", StringComparison.Ordinal));

    /// <summary>What a runner checks out: the files, and nothing of the store; with the champion's bundle where there is one.</summary>
    string Clone(string name)
    {
        var clone = Path.Combine(folder.Path, name);
        foreach (var file in Directory.GetFiles(Main, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(Main, file);
            if (path.StartsWith(".halley", StringComparison.Ordinal) || path.StartsWith("review", StringComparison.Ordinal))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(clone, path))!);
            File.Copy(file, Path.Combine(clone, path));
        }
        return clone;
    }

    async Task RunAsync(string project, string job)
    {
        foreach (var step in Halley(jobs[job]))
        {
            var run = await StepAsync(project, step);
            Assert.True(run.Status == 0, $"{job}: {step}\n{run.Output}{run.Messages}");
        }
    }

    /// <summary>One step, in this process: files that it names lie in the project, as they do for a runner.</summary>
    static Task<CommandRun> StepAsync(string project, string step)
    {
        var variables = new Dictionary<string, string>
        {
            ["RELEASE"] = "decision@latest",
            ["WHY"] = "as reviewed",
            ["APPROVER"] = "bert",
            ["NOTE"] = "merged as 1f0c",
        };
        var words = PipelineFile
            .Words(step, variables)
            .Skip(1)
            .Select(word =>
                word is "champion.halley" or "champion.pub.pem" or "review" or "proposal" ? Path.Combine(project, word) : word
            )
            .ToArray();
        // The verb of this name is no file.
        if (words[0] == Path.Combine(project, "review"))
            words[0] = "review";
        return Command.RunAsync([.. words, "--project", project]);
    }

    async Task<JsonNode> LiveAsync(string environment)
    {
        var run = await Command.RunAsync("live", "--project", Main, "--json");
        return JsonNode.Parse(run.Output)!.AsArray().Single(one => one!["environment"]!.ToString() == environment)!;
    }

    /// <summary>Requests to the server of staging, until its shadow has answered each.</summary>
    async Task AnswerInStagingAsync(int count)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var app = DecisionServer.Build(
            new()
            {
                Store = Path.Combine(Main, ".halley", "store"),
                Environment = "staging",
                Address = "http://127.0.0.1:0",
            },
            TimeProvider.System
        );
        await app.StartAsync(cancellation);
        using var client = new HttpClient { BaseAddress = new(app.Urls.First()) };
        var last = "";
        for (var i = 0; i < count; i++)
        {
            using var body = new StringContent(
                $$$"""{"inputs":{"record_id":"r-{{{i}}}","age":{{{20 + i % 50}}},"area":"A","fuel":"diesel"}}""",
                Encoding.UTF8,
                "application/json"
            );
            using var reply = await client.PostAsync("/v1/decisions/decision", body, cancellation);
            var text = await reply.Content.ReadAsStringAsync(cancellation);
            Assert.True(reply.IsSuccessStatusCode, text);
            last = JsonNode.Parse(text)!["decision_id"]!.ToString();
        }
        for (var turn = 0; turn < 400; turn++)
        {
            if (JsonNode.Parse(await client.GetStringAsync($"/v1/log/{last}", cancellation))!["shadows"]!.AsArray().Count > 0)
                break;
            await Task.Delay(50, cancellation);
        }
        await app.StopAsync(cancellation);
    }
}
