using System.CommandLine;
using System.Globalization;
using Halley.Data;
using Halley.Registry;

namespace Halley.Cli;

/// <summary><c>halley live</c>, <c>halley live --at TIME</c>, <c>halley live --history</c></summary>
sealed class LiveVerb() : Verb("live", "What is live in the environments, or was at a time, or all changes.")
{
    readonly Option<string?> environment = new("--in") { Description = "Only this environment." };
    readonly Option<string?> at = new("--at")
    {
        Description = "At this time, for example 2026-03-01 or 2026-03-01T12:00:00Z (UTC where no zone is given).",
    };
    readonly Option<bool> history = new("--history") { Description = "Every change, oldest first: who, when, why." };

    protected override IEnumerable<Symbol> Symbols => [environment, at, history];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        await using var store = project.OpenStore();
        if (context.Get(environment) is { } named)
            await Places.CheckAsync(project, store, named, context.Cancellation);
        var changes = await store.Registry.HistoryAsync(context.Get(environment), null, context.Cancellation);
        if (context.Get(history))
            WriteHistory(context, changes);
        else
            await WriteLiveAsync(context, store, changes.Select(change => change.Environment).Distinct());
        return ExitStatus.Passed;
    }

    async Task WriteLiveAsync(CommandContext context, LocalStore store, IEnumerable<string> environments)
    {
        var time = context.Get(at) is { } text ? Time(text) : (DateTimeOffset?)null;
        var live = new List<LiveDecision>();
        foreach (var name in environments)
            live.AddRange(
                time is { } then
                    ? await store.Registry.LiveAtAsync(name, then, context.Cancellation)
                    : await store.Registry.LiveAsync(name, context.Cancellation)
            );
        var rows = live.Select(one => new
        {
            one.Environment,
            one.Decision,
            Champion = one.Arms.Champion?.ToString(),
            Challengers = one.Arms.Challengers.Select(arm => new { Release = arm.Release.ToString(), arm.Share }),
            Shadows = one.Arms.Shadows.Select(shadow => shadow.ToString()),
            one.Since,
            one.Revision,
        });
        context.Output.Write(
            rows,
            console =>
            {
                var table = Tables.New("environment", "decision", "champion", "challengers", "shadows", "since");
                foreach (var row in rows)
                {
                    table.AddPlainRow(
                        row.Environment,
                        row.Decision,
                        row.Champion ?? "–",
                        string.Join(
                            ", ",
                            row.Challengers.Select(arm =>
                                string.Create(CultureInfo.InvariantCulture, $"{arm.Release} {arm.Share:P1}")
                            )
                        ),
                        string.Join(", ", row.Shadows),
                        row.Since.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
                    );
                }
                console.Write(table);
            }
        );
    }

    static void WriteHistory(CommandContext context, IReadOnlyList<EnvironmentChange> changes)
    {
        var rows = changes.Select(change => new
        {
            change.At,
            change.Environment,
            change.Kind,
            Release = change.Release.ToString(),
            change.Role,
            By = change.By.ToString(),
            change.Why,
            change.Request,
        });
        context.Output.Write(
            rows,
            console =>
            {
                var table = Tables.New("time", "environment", "change", "release", "place", "by", "why");
                foreach (var row in rows)
                {
                    table.AddPlainRow(
                        row.At.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                        row.Environment,
                        $"{row.Kind}",
                        row.Release,
                        $"{row.Role}",
                        row.By,
                        row.Why
                    );
                }
                console.Write(table);
            }
        );
    }

    static DateTimeOffset Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new HalleyException("HLY7024", $"--at {text} is no time. Write 2026-03-01 or 2026-03-01T12:00:00Z.");
}
