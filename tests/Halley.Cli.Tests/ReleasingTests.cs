namespace Halley.Cli.Tests;

/// <summary>Gates on a portfolio, waivers, the timetable and stops, as commands.</summary>
public sealed class ReleasingTests : IAsyncLifetime
{
    readonly TemporaryFolder folder = new();

    string Project => Path.Combine(folder.Path, "project");

    string Book => Path.Combine(folder.Path, "book.csv");

    public async ValueTask InitializeAsync()
    {
        folder.File("book.csv", StarterBook.Text());
        await PassesAsync("init", Project, "--data", Book);
        await PassesAsync("fit", "glm");
        await PassesAsync("release", "decision");
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Gates_on_a_portfolio_are_judged_each_with_a_sentence()
    {
        await GatesAsync(
            """
            production:
              - gate: schema
              - gate: unseen
              - gate: drift
              - { gate: latency, maximum_p99_ms: 1000 }
              - { gate: protected, attributes: [fuel], severity: warn }
              - { gate: dislocation, segments: [area], minimum_policies: 10 }
            """
        );
        var run = await RunAsync("gate", "run", "decision@1", "--for", "production", "--portfolio", "records", "--json");
        var gates = run.Json().GetProperty("gates").EnumerateArray().ToDictionary(gate => gate.GetProperty("gate").GetString()!);
        Assert.Equal(
            "There is no champion, and so no caller whose requests could break.",
            gates["schema"].GetProperty("sentence").GetString()
        );
        Assert.StartsWith(
            "Every level of the portfolio is known",
            gates["unseen"].GetProperty("sentence").GetString(),
            StringComparison.Ordinal
        );
        Assert.True(gates["drift"].GetProperty("passed").GetBoolean(), gates["drift"].ToString());
        Assert.StartsWith(
            "99 in 100 of 2000 decisions took",
            gates["latency"].GetProperty("sentence").GetString(),
            StringComparison.Ordinal
        );
        // Fuel is an input of the starter's decision: that is told, and only told.
        Assert.StartsWith(
            "fuel is read by the decision",
            gates["protected"].GetProperty("sentence").GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal("warn", gates["protected"].GetProperty("severity").GetString());
        Assert.Equal(0, run.Status);
    }

    [Fact]
    public async Task Without_a_portfolio_its_gates_fail_and_a_waiver_of_the_named_role_lets_the_promotion_pass()
    {
        await GatesAsync("production:\n  - { gate: unseen, waivable_by: chief actuary }\n");
        var refused = await RunAsync("promote", "decision@1", "--to", "production");
        Assert.Equal(1, refused.Status);
        Assert.Contains("Unseen levels were not looked for.", Command.Plain(refused.Output), StringComparison.Ordinal);
        string[] waive =
        [
            "waive",
            "unseen",
            "--in",
            "production",
            "--release",
            "decision@1",
            "--until",
            "2999-01-31",
            "--why",
            "seen by eye",
        ];
        var wrong = await RunAsync([.. waive, "--role", "trainee", "--by", "bert"]);
        Assert.Contains("HLY5308", wrong.Messages, StringComparison.Ordinal);
        await PassesAsync([.. waive, "--role", "chief actuary", "--by", "bert"]);
        var passed = await RunAsync("promote", "decision@1", "--to", "production", "--by", "ann");
        Assert.True(passed.Status == 0, passed.Output + passed.Messages);
        Assert.Contains(
            "Waived until 2999-01-31 by bert as chief actuary: seen by eye",
            Command.Plain(passed.Output),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_experiment_is_planned_started_looked_at_and_ended()
    {
        await GatesAsync("production: []\n");
        await File.WriteAllTextAsync(
            Path.Combine(Project, "value.yaml"),
            "decision:\n  currency: EUR\n  unit: quote\n  terms: [{ outcome: profit }]\n  maturity_days: 14\n"
        );
        await PassesAsync("promote", "decision@1", "--to", "production");
        await File.AppendAllTextAsync(Path.Combine(Project, "decisions", "decision.yaml"), "description: Another text.\n");
        await PassesAsync("release", "decision");
        string[] figures = ["--share", "0.2", "--units-per-week", "1000", "--spread", "100"];
        var plans = (await RunAsync(["experiment", "plan", "decision", "--json", .. figures])).Json();
        Assert.Equal([2, 4, 8, 13, 26, 52], plans.EnumerateArray().Select(plan => plan.GetProperty("weeks").GetDouble()));
        // σ√(1/1600 + 1/6400)·(3.03 + 0.84) after eight weeks.
        Assert.Equal(10.8, plans[2].GetProperty("detectable").GetDouble(), 0.1);
        var empty = await RunAsync("experiment", "plan", "decision", "--share", "0.2");
        Assert.Contains("HLY5235", empty.Messages, StringComparison.Ordinal);
        string[] start = ["experiment", "start", "decision@2", "--why", "is it better?", .. figures];
        Assert.Contains("HLY7142", (await RunAsync(start)).Messages, StringComparison.Ordinal);
        await PassesAsync([.. start, "--effect", "8"]);
        var status = (await RunAsync("experiment", "status", "--json")).Json()[0];
        Assert.Equal("undecided", status.GetProperty("report").GetProperty("verdict").GetString());
        Assert.Equal(8, status.GetProperty("experiment").GetProperty("minimum_difference").GetDouble());
        var id = status.GetProperty("experiment").GetProperty("id").GetString()!;
        var ended = await RunAsync("experiment", "stop", id, "--why", "enough", "--by", "ann");
        Assert.Contains("stays where it is", Command.Plain(ended.Output), StringComparison.Ordinal);
        Assert.Empty((await RunAsync("experiment", "status", "--json")).Json().EnumerateArray());
        var all = await RunAsync("experiment", "status", "--all");
        Assert.Contains("by ann: enough", Command.Plain(all.Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_live_is_monitored_and_its_models_have_an_owner()
    {
        await GatesAsync("production: []\n");
        Assert.Contains("Nothing that is live", (await RunAsync("monitor")).Output, StringComparison.Ordinal);
        await PassesAsync("promote", "decision@1", "--to", "production");
        var report = (await RunAsync("monitor", "--json")).Json().GetProperty("reports")[0];
        Assert.Equal("leave", report.GetProperty("verdict").GetString());
        Assert.Equal("Leave decision@1: it is too young to be judged.", report.GetProperty("sentence").GetString());
        string[] card = ["--owner", "pricing", "--purpose", "claims", "--tier", "high", "--why", "first"];
        var wrong = await RunAsync(["register", "set", "glm", .. card, "--next-review", "soon"]);
        Assert.Contains("HLY7120", wrong.Messages, StringComparison.Ordinal);
        await PassesAsync(["register", "set", "glm", .. card, "--next-review", "2020-01-31"]);
        var overdue = await RunAsync("register", "list", "--json");
        Assert.Equal(1, overdue.Status);
        Assert.Equal("production: decision@1 by glm@1", overdue.Json()[0].GetProperty("live")[0].GetString());
        var alarmed = await RunAsync("monitor", "--raise");
        Assert.Equal(1, alarmed.Status);
        Assert.Contains("alarm: the review of glm was due on 2020-01-31", alarmed.Output, StringComparison.Ordinal);
        await PassesAsync(["register", "set", "glm", .. card, "--next-review", "2999-01-31"]);
        await PassesAsync("monitor");
        Assert.Contains("HLY7149", (await RunAsync("erase", "--why", "request 12")).Messages, StringComparison.Ordinal);
        Assert.Equal(
            0,
            (await RunAsync("erase", "policy-7", "--why", "request 12", "--json")).Json().GetProperty("erased").GetInt32()
        );
        await PassesAsync("erase", "--in", "production", "--before", "2020-01-01", "--why", "kept for five years");
        await PassesAsync("verify", "log");
        var found = Path.Combine(folder.Path, "checked.csv");
        await PassesAsync("outcomes", "fraud", "decision", "--rows", found);
        Assert.EndsWith("fraud,weight\n", await File.ReadAllTextAsync(found), StringComparison.Ordinal);
        var misspelt = await RunAsync("outcomes", "fraud", "decision", "--score", "predictoin");
        Assert.Contains("HLY7146", misspelt.Messages, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(Project, "monitor.yaml"), "decision:\n  segments: [nobody]\n");
        var unfit = await RunAsync("release", "decision");
        Assert.Contains("HLY5613", unfit.Messages, StringComparison.Ordinal);
        // Edited for the next release: what is live is watched by the plan that it was released with.
        var ahead = await RunAsync("monitor", "--json");
        Assert.Equal(0, ahead.Status);
        Assert.Equal("leave", ahead.Json().GetProperty("reports")[0].GetProperty("verdict").GetString());
        Assert.Contains(
            "decision@1 is watched by the plan it was released with",
            Command.Plain(ahead.Messages),
            StringComparison.Ordinal
        );
        Assert.Contains("nobody", ahead.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_timetable_tells_which_release_answers_and_a_stop_is_in_the_history()
    {
        await GatesAsync("production: []\n");
        await PassesAsync("promote", "decision@1", "--to", "production");
        await File.AppendAllTextAsync(Path.Combine(Project, "decisions", "decision.yaml"), "description: Another text.\n");
        await PassesAsync("release", "decision");
        await PassesAsync("promote", "decision@2", "--to", "production", "--for", "renewal", "--from", "2999-04-01");
        async Task<string> AnswersAsync(params string[] how)
        {
            var run = await RunAsync(["live", "--json", .. how]);
            var row = Assert.Single(run.Json().EnumerateArray());
            return $"{row.GetProperty("release").GetString()} by {row.GetProperty("by").GetString()}";
        }
        Assert.Equal("decision@2 by timetable", await AnswersAsync("--for", "renewal", "--effective", "2999-04-01"));
        Assert.Equal("decision@1 by champion", await AnswersAsync("--for", "renewal", "--effective", "2999-03-31"));
        Assert.Equal("decision@1 by champion", await AnswersAsync("--for", "new_business", "--effective", "2999-04-01"));
        Assert.Empty((await RunAsync("live", "--json", "--for", "renewal", "--at", "2001-01-01")).Json().EnumerateArray());
        var slip = await RunAsync("live", "--for", "renewel");
        Assert.Contains("Did you mean 'renewal'?", Command.Plain(slip.Messages), StringComparison.Ordinal);

        await PassesAsync("stop", "glm", "--why", "wrong levels", "--by", "olga");
        var live = (await RunAsync("live", "--json")).Json()[0];
        Assert.Equal("olga", live.GetProperty("stopped")[0].GetProperty("by").GetString());
        await PassesAsync("resume", "glm", "--why", "mended", "--by", "olga");
        var history = await RunAsync("live", "--history");
        Assert.Contains("glm: wrong levels", Command.Plain(history.Output), StringComparison.Ordinal);
        Assert.Empty((await RunAsync("live", "--json")).Json()[0].GetProperty("stopped").EnumerateArray());
    }

    Task GatesAsync(string text) => File.WriteAllTextAsync(Path.Combine(Project, "gates.yaml"), text);

    Task<CommandRun> RunAsync(params string[] arguments) => Command.RunAsync([.. arguments, "--project", Project]);

    async Task PassesAsync(params string[] arguments)
    {
        var run = await (arguments[0] == "init" ? Command.RunAsync(arguments) : RunAsync(arguments));
        Assert.True(run.Status == 0, $"halley {string.Join(' ', arguments)} ended with {run.Status}: {run.Messages}{run.Output}");
    }
}
