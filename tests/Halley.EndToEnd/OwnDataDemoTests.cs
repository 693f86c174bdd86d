using System.Text.Json;
using Halley.Cli;

namespace Halley.EndToEnd;

/// <summary><c>halley demo --data</c>: the road on the user's own data.</summary>
public sealed class OwnDataDemoTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("halley-own-").FullName;

    string Demo => Path.Combine(folder, "demo");

    [Fact]
    public async Task The_road_runs_on_public_data_and_says_what_they_lack()
    {
        SharedData.Path("data");
        var run = await DemoAsync(5495, "--data", Path.Combine(ProjectRoot.Path, "samples", "real"));
        Assert.True(run.Status == 0, run.Messages);
        var summary = run.Json();
        Assert.False(summary.GetProperty("simulated").GetBoolean());
        Assert.Empty(summary.GetProperty("left_out").EnumerateArray());
        Assert.Equal(12, summary.GetProperty("models").GetArrayLength());
        Assert.Equal(6_000, summary.GetProperty("decisions").GetProperty("served").GetInt32());
        Assert.Equal(
            ["claim-triage", "motor-quote", "renewal"],
            Names(summary.GetProperty("decisions").GetProperty("by"), "decision").Distinct()
        );
        Assert.Contains(summary.GetProperty("shadow").EnumerateArray(), line => line.GetProperty("differ").GetInt64() > 0);
        // Nobody knows which quotes would have been taken: no value, and the outcome that lacks by its name.
        Assert.Empty(summary.GetProperty("value").EnumerateArray());
        Assert.Contains(
            summary.GetProperty("lacking").EnumerateArray(),
            note => note.GetString()!.Contains("no outcome of kind 'taken'", StringComparison.Ordinal)
        );
        // Claims that go to an investigator are fraudulent more often than those that are paid at once.
        Assert.True(KnownMean(summary, "investigator") > 2 * KnownMean(summary, "fast-track"));
        var proof = (await RunAsync("verify", "log", "--project", Demo)).Json();
        Assert.True(proof.GetProperty("whole").GetBoolean());
        var page = await File.ReadAllTextAsync(
            Path.Combine(Demo, "reports", "fraud.html"),
            TestContext.Current.CancellationToken
        );
        Assert.DoesNotContain("simulated", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Models_whose_columns_are_absent_are_left_out_by_name()
    {
        var data = await GeneratedAsync();
        File.Delete(Path.Combine(data, "claims.csv"));
        await File.WriteAllTextAsync(
            Path.Combine(data, "data.yaml"),
            """
            simulated: true
            tables:
              policies:
                file: policies.csv
                roles: { exposure: exposure, policy_id: id, customer_id: id }
              quotes:
                file: quotes.csv
                rename: { converted: taken }
            """,
            TestContext.Current.CancellationToken
        );
        var run = await DemoAsync(5496, "--data", data);
        Assert.True(run.Status == 0, run.Messages);
        var summary = run.Json();
        Assert.True(summary.GetProperty("simulated").GetBoolean());
        Assert.Equal(
            ["claim count", "risk price"],
            Names(summary.GetProperty("models"), "target").Distinct().Order(StringComparer.Ordinal)
        );
        Assert.All(
            summary.GetProperty("models").EnumerateArray(),
            model => Assert.True(model.GetProperty("simulated").GetBoolean())
        );
        var left = summary
            .GetProperty("left_out")
            .EnumerateArray()
            .ToDictionary(Name, one => one.GetProperty("reason").GetString());
        Assert.Equal("data.yaml has no table 'claims'", left["fraud-glm"]);
        Assert.Equal("table 'quotes' lacks converted", left["quote-conversion-trees"]);
        Assert.Equal("it needs claim-cost-glm, quote-conversion-glm", left["motor-quote"]);
        Assert.Equal(0, summary.GetProperty("decisions").GetProperty("served").GetInt32());
        Assert.False(summary.TryGetProperty("page", out _));
    }

    [Fact]
    public async Task Rows_that_break_a_decisions_rules_are_refused_and_a_gate_that_fails_stops_one_release_only()
    {
        var data = await GeneratedAsync();
        var policies = await File.ReadAllLinesAsync(Path.Combine(data, "quotes.csv"), TestContext.Current.CancellationToken);
        var age = Array.IndexOf(policies[0].Split(','), "driver_age");
        // Every tenth driver is older than the decision allows.
        var edited = policies.Select(
            (line, i) =>
                i == 0 || i % 10 > 0 ? line : string.Join(',', line.Split(',').Select((cell, j) => j == age ? "140" : cell))
        );
        await File.WriteAllLinesAsync(Path.Combine(data, "quotes.csv"), edited, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(data, "data.yaml"),
            """
            simulated: true
            tables:
              policies: { file: policies.csv, roles: { exposure: exposure, policy_id: id, customer_id: id } }
              claims: { file: claims.csv, roles: { claim_id: id, policy_id: id } }
              quotes: { file: quotes.csv, roles: { quote_id: id } }
            """,
            TestContext.Current.CancellationToken
        );
        var run = await DemoAsync(5497, "--data", data);
        // So few claims were held out that the challenger of the triage lacks evidence; the road goes on without it.
        Assert.True(run.Status == 1, run.Messages);
        var summary = run.Json();
        var refusal = Assert.Single(summary.GetProperty("refused").EnumerateArray());
        Assert.Equal("claim-triage@2", refusal.GetProperty("release").GetString());
        Assert.Contains("200 are needed", refusal.GetProperty("why").GetString(), StringComparison.Ordinal);
        var decisions = summary.GetProperty("decisions");
        Assert.InRange(decisions.GetProperty("refused").GetInt32(), 100, 250);
        Assert.Equal(["claim-triage", "motor-quote"], Names(decisions.GetProperty("by"), "decision").Distinct());
        Assert.True(decisions.GetProperty("served").GetInt32() > 1_500);
    }

    [Fact]
    public async Task Without_a_definition_a_draft_is_written_and_the_command_ends_with_2()
    {
        var data = Path.Combine(folder, "data");
        Directory.CreateDirectory(data);
        await File.WriteAllTextAsync(
            Path.Combine(data, "my_policies.csv"),
            "PolicyID,Exposure,Driver-Age,no\n1,0.5,40,yes\n2,1,50,no\n3,0.25,30,no\n",
            TestContext.Current.CancellationToken
        );
        var run = await DemoAsync(5498, "--data", data);
        Assert.Equal(2, run.Status);
        Assert.Contains("A draft from 1 file has been written", run.Messages, StringComparison.Ordinal);
        var draft = await File.ReadAllTextAsync(Path.Combine(data, "data.yaml"), TestContext.Current.CancellationToken);
        Assert.Contains("  policies:\n    file: \"my_policies.csv\"\n", draft, StringComparison.Ordinal);
        Assert.Contains("\"Driver-Age\": driver_age", draft, StringComparison.Ordinal);
        Assert.Contains("exposure: exposure", draft, StringComparison.Ordinal);
        Assert.Contains("#   Driver-Age: number", draft, StringComparison.Ordinal);
        Assert.Contains("#   policies: annual_mileage", draft, StringComparison.Ordinal);
        // The draft is sound: the second run reads it, and says what lacks.
        var second = await DemoAsync(5498, "--data", data);
        Assert.Equal(2, second.Status);
        Assert.Contains("HLY7038", second.Messages, StringComparison.Ordinal);
        Assert.Contains("table 'policies' lacks", second.Messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere", "HLY7002")]
    [InlineData("empty", "HLY7035")]
    public async Task A_folder_without_data_is_named(string name, string code)
    {
        Directory.CreateDirectory(Path.Combine(folder, "empty"));
        var run = await DemoAsync(5498, "--data", Path.Combine(folder, name));
        Assert.Equal(2, run.Status);
        Assert.Contains(code, run.Messages, StringComparison.Ordinal);
        Assert.Contains(name, run.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_users_own_files_are_never_emptied()
    {
        var mine = Path.Combine(folder, "mine");
        Directory.CreateDirectory(mine);
        await File.WriteAllTextAsync(Path.Combine(mine, "halley.yaml"), "project: mine\n", TestContext.Current.CancellationToken);
        var taken = await RunAsync("demo", "--policies", "10000", "--out", mine, "--exit");
        Assert.Equal(2, taken.Status);
        Assert.Contains("HLY7033", taken.Messages, StringComparison.Ordinal);
        var inside = await RunAsync("demo", "--data", mine, "--out", folder, "--exit");
        Assert.Equal(2, inside.Status);
        Assert.Contains("HLY7037", inside.Messages, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(mine, "halley.yaml")));
    }

    [Fact]
    public async Task Two_demos_do_not_share_a_folder()
    {
        using var first = DemoFolder.Take(Demo, data: null);
        await File.WriteAllTextAsync(Path.Combine(Demo, "work.txt"), "at work", TestContext.Current.CancellationToken);
        var second = await DemoAsync(5498, "--policies", "10000");
        Assert.Equal(2, second.Status);
        Assert.Contains("HLY7036", second.Messages, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Demo, "work.txt")));
    }

    Task<CommandRun> DemoAsync(int port, params string[] arguments) =>
        RunAsync(["demo", .. arguments, "--out", Demo, "--address", $"http://127.0.0.1:{port}", "--exit"]);

    async Task<string> GeneratedAsync()
    {
        var data = Path.Combine(folder, "data");
        var run = await RunAsync("data", "generate", "--policies", "10000", "--csv", "--out", data);
        Assert.True(run.Status == 0, run.Messages);
        return data;
    }

    static double KnownMean(JsonElement summary, string action) =>
        summary
            .GetProperty("decisions")
            .GetProperty("by")
            .EnumerateArray()
            .Single(count => count.GetProperty("action").GetString() == action)
            .GetProperty("known")[0]
            .GetProperty("mean")
            .GetDouble();

    static IEnumerable<string> Names(JsonElement list, string property) =>
        list.EnumerateArray().Select(one => one.GetProperty(property).GetString()!);

    static string Name(JsonElement one) => one.GetProperty("name").GetString()!;

    static async Task<CommandRun> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var messages = new StringWriter();
        var status = await CommandLine.RunAsync([.. arguments, "--json"], output, messages);
        return new(status, output.ToString(), messages.ToString());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
