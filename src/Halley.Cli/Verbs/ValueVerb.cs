using System.CommandLine;
using System.Globalization;
using Halley.Data;
using Halley.Registry;
using Halley.Specs;

namespace Halley.Cli;

/// <summary><c>halley value --in ENVIRONMENT</c>: what each release earned, from log and outcomes alone.</summary>
sealed class ValueVerb() : Verb("value", "What each release earned, by how it is known, with intervals; never one summed number.")
{
    readonly Option<string> environment = new("--in")
    {
        Description = "Environment. Default production.",
        DefaultValueFactory = _ => "production",
    };
    readonly Option<string?> decision = new("--decision") { Description = "Only this decision." };
    readonly Option<string?> from = new("--from") { Description = "Decisions from this day on, for example 2026-03-01." };

    protected override IEnumerable<Symbol> Symbols => [environment, decision, from];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        await using var store = project.OpenStore();
        await Places.CheckAsync(project, store, context.Get(environment)!, context.Cancellation);
        var start = context.Get(from) is { } text ? Day(text) : (DateTimeOffset?)null;
        var reports = await context.WithProgressAsync(
            "value",
            progress =>
                ReportsAsync(
                    project,
                    store,
                    context.Get(environment)!,
                    context.Get(decision),
                    start,
                    progress,
                    context.Cancellation
                )
        );
        context.Output.Write(reports, console => Draw(console, reports));
        return ExitStatus.Passed;
    }

    /// <summary>A report for each decision of value.yaml.</summary>
    public static async Task<IReadOnlyList<ValueReport>> ReportsAsync(
        Project project,
        LocalStore store,
        string environment,
        string? decision,
        DateTimeOffset? from,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        var reports = new List<ValueReport>();
        IReadOnlyList<ValueDefinition> definitions =
        [
            .. SpecFiles
                .Value.Read(Path.Combine(project.Folder, "value.yaml"))
                .Where(one => decision is null || one.Decision == decision),
        ];
        await ValueChecks.CheckAsync(project, store, definitions, decision, cancellation);
        foreach (var (place, definition) in definitions.Index())
        {
            var query = new ValueQuery
            {
                Environment = environment,
                From = from,
                AsOf = project.Clock.GetUtcNow(),
                Progress = progress.Part(place / (double)definitions.Count, (place + 1.0) / definitions.Count),
            };
            reports.Add(await ValueCalculator.ComputeAsync(store.LogReader, definition, query, cancellation));
        }
        return reports;
    }

    public static void Draw(Spectre.Console.IAnsiConsole console, IReadOnlyList<ValueReport> reports)
    {
        foreach (var report in reports)
        {
            console.WriteLine(
                $"{report.Decision} in {report.Environment}, outcomes up to {report.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}"
            );
            foreach (var line in report.Lines)
            {
                console.WriteLine($"  [{Grade(line.Grade)}{(line.Simulated ? ", simulated" : "")}] {line.Sentence}");
                console.WriteLine($"    {line.Measured}");
            }
            foreach (var note in report.Notes)
                console.WriteLine($"  {note}");
        }
    }

    public static string Grade(ValueGrade grade) =>
        grade switch
        {
            ValueGrade.RandomisedArm => "randomised arm",
            ValueGrade.ShadowPair => "shadow pair",
            _ => "before and after",
        };

    static DateTimeOffset Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)
            : throw new HalleyException("HLY7027", $"--from {text} is no day. Write 2026-03-01.");
}
