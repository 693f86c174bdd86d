using System.CommandLine;
using System.Globalization;
using Halley.Registry;

namespace Halley.Cli;

/// <summary><c>halley monitor --in ENVIRONMENT</c>: whether what is live still fits the book, by segment, with a verdict.</summary>
sealed class MonitorVerb()
    : Verb("monitor", "Whether what is live still fits: drift, actual against expected, prices; a verdict with its reasons.")
{
    readonly Option<string> environment = new("--in")
    {
        Description = "Environment. Default production.",
        DefaultValueFactory = _ => "production",
    };
    readonly Option<string?> decision = new("--decision") { Description = "Only this decision." };
    readonly Option<bool> raise = new("--raise") { Description = "Keep new alarms; a running server sends them to the webhook." };

    protected override IEnumerable<Symbol> Symbols => [environment, decision, raise];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        await using var store = project.OpenStore();
        var place = context.Get(environment)!;
        await Places.CheckAsync(project, store, place, context.Cancellation);
        var found = await context.WithProgressAsync(
            "monitor",
            progress => Monitoring.ReportsAsync(project, store, place, context.Get(decision), progress, context.Cancellation)
        );
        foreach (var notice in found.Select(one => one.Notice).OfType<string>())
            context.Output.Messages.WriteLine(notice);
        var overdue = (await store.Registry.RegisterAsync(context.Cancellation)).Where(line => line.IsOverdue).ToList();
        if (context.Get(raise))
        {
            foreach (var (report, plan, _) in found)
                await store.Registry.RaiseAsync(report, plan.Webhook, context.Cancellation);
            await store.Registry.RaiseOverdueAsync(
                place,
                found.Select(one => one.Plan.Webhook).FirstOrDefault(address => address is not null),
                context.Cancellation
            );
        }
        var reports = found.Select(one => one.Report).ToList();
        context.Output.Write(
            new { Reports = reports, OverdueReviews = overdue },
            console =>
            {
                if (reports.Count == 0)
                    console.WriteLine(
                        $"Nothing that is live in '{place}' is monitored: write monitor.yaml (docs/guide/monitor.md)."
                    );
                foreach (var report in reports)
                    Draw(console, report);
                foreach (var line in overdue)
                    console.WriteLine($"alarm: the review of {line.Model} was due on {Day(line.Card!.NextReview)}");
            }
        );
        return reports.Any(report => report.Alarms.Count > 0) || overdue.Count > 0 ? ExitStatus.CheckFailed : ExitStatus.Passed;
    }

    static void Draw(Spectre.Console.IAnsiConsole console, MonitorReport report)
    {
        var simulated = report.Simulated ? " (simulated)" : "";
        console.WriteLine($"{report.Release} in {report.Environment}{simulated}: {report.Sentence}");
        console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  {report.Decisions:N0} decisions, exposure {report.Exposure:N1}, {(report.ReferenceTo is { } to ? $"reference time to {to:yyyy-MM-dd}" : "in the reference time")}"
            )
        );
        foreach (var alarm in report.Alarms)
            console.WriteLine($"  alarm: {alarm.Sentence}");
        foreach (var note in report.Notes)
            console.WriteLine($"  {note}");
        DrawRatios(console, report);
        DrawDrift(console, report);
    }

    static void DrawRatios(Spectre.Console.IAnsiConsole console, MonitorReport report)
    {
        var table = Tables.New("slice", "what", "actual", "expected", "ratio", "surely", "claims");
        foreach (var slice in report.Slices)
        {
            foreach (var line in slice.Lines)
                Row(slice.Name, line);
            foreach (var price in slice.Prices)
                Row(price.Name, price with { Name = "charged / technical" });
            foreach (var calibration in slice.Calibration)
            {
                foreach (var band in calibration.Bands)
                    Row(slice.Name, band with { Name = $"{calibration.Line}, {band.Name}" });
            }
        }
        if (table.Rows.Count > 0)
            console.Write(table);

        void Row(string slice, MonitorRatio ratio) =>
            table.AddPlainRow(
                slice,
                ratio.Name,
                Tables.Number(ratio.Actual),
                Tables.Number(ratio.Expected),
                Tables.Number(ratio.Ratio),
                ratio.Lower is null ? "–" : $"{Tables.Number(ratio.Lower)} to {Tables.Number(ratio.Upper)}",
                ratio.Claims.ToString("N0", CultureInfo.InvariantCulture)
            );
    }

    static void DrawDrift(Spectre.Console.IAnsiConsole console, MonitorReport report)
    {
        var table = Tables.New("field", "index", "this month", "moved most", "before", "after", "chance");
        foreach (var drift in report.Slices[0].Drift.OrderByDescending(drift => drift.Index).Take(10))
            table.AddPlainRow(
                drift.Field,
                Tables.Number(drift.Index),
                Tables.Number(drift.RecentIndex),
                drift.Group,
                drift.Before.ToString("P1", CultureInfo.InvariantCulture),
                drift.After.ToString("P1", CultureInfo.InvariantCulture),
                Tables.Number(drift.Probability)
            );
        if (table.Rows.Count > 0)
            console.Write(table);
    }

    internal static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
