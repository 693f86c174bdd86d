using System.Globalization;
using System.Text;
using Halley.Registry;

namespace Halley.Cli.Tests;

/// <summary>Whatever works longer than a second says how far it has come and how much time is left.</summary>
public class ProgressTests
{
    [Fact]
    public async Task Every_verb_that_reads_fits_judges_or_proves_shows_its_progress()
    {
        using var folder = new TemporaryFolder();
        var data = folder.File("book.csv", StarterBook.Text());
        var project = Path.Combine(folder.Path, "project");
        var answers = Path.Combine(folder.Path, "answers.csv");
        await Shows("generate", "data", "generate", "--policies", "10000", "--out", Path.Combine(folder.Path, "made"));
        await Shows("check", "data", "check", data);
        await Shows("profile", "data", "profile", data);
        await Shows("init", "init", project, "--data", data);
        await Shows("fit glm", "fit", "--project", project);
        await Shows("test", "test", "--project", project);
        await Shows("predict", "predict", "glm", "--project", project, "--data", data, "--out", answers);
        await Shows("explain", "explain", "trees", "--project", project, "--data", data, "--out", answers, "--rows", "50");
        await Shows("evaluate", "evaluate", "glm", "--project", project);
        await Shows("compare", "compare", "glm", "trees", "--project", project);
        await Shows("report", "report", "glm", "trees", "--project", project);
        await Shows("fit glm", "runs", "reproduce", "r1", "--project", project);
        await Shows("release", "release", "decision", "--project", project);
        await Shows("gates", "gate", "run", "decision@1", "--for", "staging", "--project", project);
        await Shows("gates", "promote", "decision@1", "--to", "staging", "--project", project);
        await Shows("batch", "batch", "decision", "--project", project, "--data", data, "--out", answers);
    }

    [Fact]
    public async Task A_long_log_shows_progress_while_outcomes_come_in_while_it_is_valued_and_while_it_is_proved()
    {
        using var folder = new TemporaryFolder();
        var project = Path.Combine(folder.Path, "project");
        Assert.Equal(0, (await Command.RunAsync("init", project, "--data", folder.File("book.csv", StarterBook.Text()))).Status);
        await File.WriteAllTextAsync(
            Path.Combine(project, "value.yaml"),
            "decision:\n  currency: EUR\n  unit: policy\n  terms:\n    - { outcome: claim_paid, factor: -1 }\n"
        );
        var decisions = await DecisionsAsync(Path.Combine(project, ".halley", "store"), 1_200);
        await Shows("outcomes", "outcomes", "import", folder.File("outcomes.csv", Outcomes(decisions)), "--project", project);
        await Shows("value", "value", "--project", project);
        await Shows("verify", "verify", "log", "--project", project);
    }

    [Fact]
    public async Task An_import_says_that_it_runs()
    {
        using var folder = new TemporaryFolder();
        var model = SharedData.Path("oracles/models/lightgbm-4.7.0-binary-sigmoid/model.txt");
        var run = await Command.RunAsync(new HastyClock(), "import", model, "--out", Path.Combine(folder.Path, "foreign.hlm"));
        Assert.True(run.Status == 0, run.Messages);
        Assert.Contains("reading the model", run.Messages, StringComparison.Ordinal);
    }

    static async Task Shows(string title, params string[] arguments)
    {
        var run = await Command.RunAsync(new HastyClock(), arguments);
        Assert.True(run.Status == 0, $"halley {string.Join(' ', arguments)} ended with {run.Status}: {run.Messages}{run.Output}");
        var lines = run.Messages.Split('\n').Where(line => line.StartsWith(title + " ", StringComparison.Ordinal)).ToList();
        Assert.True(lines.Count > 0, $"halley {string.Join(' ', arguments)} shows no progress: {run.Messages}");
        Assert.Contains(lines, line => line.Contains(" left  ", StringComparison.Ordinal));
    }

    static async Task<IReadOnlyList<Guid>> DecisionsAsync(string folder, int count)
    {
        await using var store = new LocalStore(folder, TimeProvider.System);
        await using var log = store.OpenLog();
        var start = new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
        var records = Enumerable
            .Range(0, count)
            .Select(i => new DecisionRecord
            {
                Id = Guid.CreateVersion7(start.AddSeconds(i)),
                Time = start.AddSeconds(i),
                Environment = "production",
                Decision = "decision",
                Release = new("decision", 1),
                Revision = 1,
                Arm = ReleaseRole.Champion,
                Probability = 1,
                UnitId = $"policy-{i}",
            })
            .ToList();
        await Task.WhenAll(records.Select(record => log.AppendAsync(record)));
        return [.. records.Select(record => record.Id)];
    }

    static string Outcomes(IReadOnlyList<Guid> decisions)
    {
        var text = new StringBuilder("outcome_id,decision_id,kind,value,valuation_date\n");
        for (var i = 0; i < decisions.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"o{i},{decisions[i]},claim_paid,{i % 90},2026-03-02\n");
        return text.ToString();
    }
}
