using System.CommandLine;
using System.Globalization;
using Halley.Data;
using Halley.Registry;

namespace Halley.Cli;

/// <summary><c>halley experiment status [ID]</c></summary>
sealed class ExperimentStatusVerb()
    : Verb("status", "What experiments know now: their verdicts in words. Look as often as you like.")
{
    readonly Argument<string?> id = new("id")
    {
        Description = "Only this experiment. Default: all that run.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    readonly Option<string?> environment = new("--in") { Description = "Only this environment." };
    readonly Option<bool> all = new("--all") { Description = "Ended ones too, with the verdict that was taken." };

    protected override IEnumerable<Symbol> Symbols => [id, environment, all];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        await using var store = project.OpenStore();
        if (context.Get(environment) is { } named)
            await Places.CheckAsync(project, store, named, context.Cancellation);
        IReadOnlyList<ExperimentState> states = context.Arguments.GetValue(id) is { } one
            ? [await store.Registry.FindExperimentAsync(one, context.Cancellation)]
            :
            [
                .. (await store.Registry.ExperimentsAsync(context.Get(environment), context.Cancellation)).Where(state =>
                    context.Get(all) || state.End is null
                ),
            ];
        var rows = await context.WithProgressAsync(
            "experiments",
            async progress =>
            {
                var read = new List<(ExperimentState State, ExperimentReport Report)>();
                foreach (var (place, state) in states.Index())
                {
                    var part = progress.Part(place / (double)states.Count, (place + 1.0) / states.Count);
                    read.Add((state, await ReportAsync(store, state, context.Clock, part, context.Cancellation)));
                }
                return read;
            }
        );
        context.Output.Write(
            rows.Select(row => new
            {
                row.State.Experiment,
                row.State.End,
                row.Report,
            }),
            console =>
            {
                if (rows.Count == 0)
                    console.WriteLine("no experiment runs. Plan one with 'halley experiment plan'.");
                foreach (var (state, report) in rows)
                    Draw(console, state, report);
            }
        );
        return ExitStatus.Passed;
    }

    /// <summary>What was known at the end, or is now.</summary>
    public static async Task<ExperimentReport> ReportAsync(
        LocalStore store,
        ExperimentState state,
        TimeProvider clock,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    ) =>
        state.End?.Report
        ?? await ExperimentReader.ReadAsync(
            store.LogReader,
            state.Experiment,
            await store.Registry.HistoryAsync(state.Experiment.Environment, state.Experiment.Decision, cancellation),
            clock.GetUtcNow(),
            progress,
            cancellation
        );

    public static void Draw(Spectre.Console.IAnsiConsole console, ExperimentState state, ExperimentReport report)
    {
        var experiment = state.Experiment;
        console.WriteLine(
            $"{experiment.Id}: {experiment.Release} against {experiment.Against} in {experiment.Environment}, [{ValueVerb.Grade(experiment.Grade)}{(report.Simulated ? ", simulated" : "")}] since {Day(experiment.At)}, intake until {Day(experiment.PlannedEnd)}"
        );
        console.WriteLine($"  {report.Sentence}");
        console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  {report.Units:N0} and {report.AgainstUnits:N0} {report.Per}s, {report.Decisions:N0} decisions; split {(report.IsSplitSound ? "sound" : "NOT SOUND")} (p = {report.SplitProbability:G2} at any time)"
            )
        );
        foreach (var note in report.Notes)
            console.WriteLine($"  {note}");
        if (state.End is { } end)
            console.WriteLine($"  ended on {Day(end.At)} by {end.By.Name}: {end.Why}");
    }

    static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
