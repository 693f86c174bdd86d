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
    readonly Option<string?> transaction = new("--for")
    {
        Description = "Which release answers this transaction: new_business or renewal.",
    };
    readonly Option<string?> effective = new("--effective")
    {
        Description = "Which release answers for this effective date, for example 2026-04-01. Default: today.",
    };
    readonly Option<bool> history = new("--history") { Description = "Every change, oldest first: who, when, why." };

    protected override IEnumerable<Symbol> Symbols => [environment, at, transaction, effective, history];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        await using var store = project.OpenStore();
        if (context.Get(environment) is { } named)
            await Places.CheckAsync(project, store, named, context.Cancellation);
        var changes = await store.Registry.HistoryAsync(context.Get(environment), null, context.Cancellation);
        if (context.Get(history))
            WriteHistory(context, changes);
        else if (context.Get(transaction) is not null || context.Get(effective) is not null)
            await WriteAnsweringAsync(context, store, changes.Select(change => change.Environment).Distinct());
        else
            await WriteLiveAsync(context, store, changes.Select(change => change.Environment).Distinct());
        return ExitStatus.Passed;
    }

    async Task<List<LiveDecision>> LiveAsync(CommandContext context, LocalStore store, IEnumerable<string> environments)
    {
        var time = context.Get(at) is { } text ? Time(text) : (DateTimeOffset?)null;
        var live = new List<LiveDecision>();
        foreach (var name in environments)
            live.AddRange(
                time is { } then
                    ? await store.Registry.LiveAtAsync(name, then, context.Cancellation)
                    : await store.Registry.LiveAsync(name, context.Cancellation)
            );
        return live;
    }

    /// <summary>The release that answers a transaction on an effective date, as things stand or stood.</summary>
    async Task WriteAnsweringAsync(CommandContext context, LocalStore store, IEnumerable<string> environments)
    {
        var asked = context.Get(transaction) is { } word ? Dates.Transaction("--for", word) : Transaction.NewBusiness;
        if (asked == Transaction.Adjustment)
            throw new HalleyException(
                "HLY7123",
                "an adjustment is answered by the release of its original decision. Look that decision up in the log by its id."
            );
        var day = context.Get(effective) is { } date
            ? Dates.Day("--effective", date)
            : DateOnly.FromDateTime(context.Clock.GetUtcNow().UtcDateTime);
        var rows = (await LiveAsync(context, store, environments))
            .Select(one => new
            {
                one.Environment,
                one.Decision,
                Transaction = TransactionNames.Of(asked),
                Effective = day,
                Release = one.Arms.ReleaseFor(asked, day)?.ToString(),
                By = one.Arms.Scheduled(asked, day) is null ? "champion" : "timetable",
            })
            .ToList();
        context.Output.Write(
            rows,
            console =>
            {
                var table = Tables.New("environment", "decision", "transaction", "effective", "release", "by");
                foreach (var row in rows)
                    table.AddPlainRow(
                        row.Environment,
                        row.Decision,
                        row.Transaction,
                        row.Effective.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                        row.Release ?? "–",
                        row.By
                    );
                console.Write(table);
            }
        );
    }

    async Task WriteLiveAsync(CommandContext context, LocalStore store, IEnumerable<string> environments)
    {
        var live = await LiveAsync(context, store, environments);
        var rows = live.Select(one => new
        {
            one.Environment,
            one.Decision,
            Champion = one.Arms.Champion?.ToString(),
            Challengers = one.Arms.Challengers.Select(arm => new { Release = arm.Release.ToString(), arm.Share }),
            Shadows = one.Arms.Shadows.Select(shadow => shadow.ToString()),
            Timetable = one.Arms.Timetable.Select(entry => new
            {
                entry.From,
                Transaction = entry.Transaction is { } only ? TransactionNames.Of(only) : null,
                Release = entry.Release.ToString(),
            }),
            Served = one.Arms.Served.Select(served => served.ToString()),
            Stopped = one.Arms.Stopped.Select(stop => new
            {
                stop.Model,
                By = stop.By.Name,
                stop.Why,
            }),
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
                foreach (var row in rows)
                {
                    foreach (var entry in row.Timetable)
                        console.WriteLine(
                            $"  {row.Environment}: {entry.Release} answers {entry.Transaction ?? "every transaction"} from {entry.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} on"
                        );
                    foreach (var served in row.Served)
                        console.WriteLine($"  {row.Environment}: {served} answers requests that name its schema");
                    foreach (var stop in row.Stopped)
                        console.WriteLine(
                            $"  {row.Environment}: {row.Decision} answers without {stop.Model}, stopped by {stop.By}: {stop.Why}"
                        );
                }
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
