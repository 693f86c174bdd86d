using System.CommandLine;
using System.Globalization;
using Halley.Registry;

namespace Halley.Cli;

/// <summary><c>halley experiment plan RELEASE --share S [--weeks W | --effect X]</c></summary>
sealed class ExperimentPlanVerb()
    : Verb("plan", "What an experiment can show and how long it takes, from the log's own traffic and spread; starts nothing.")
{
    static readonly double[] UsualWeeks = [2, 4, 8, 13, 26, 52];

    readonly Argument<string> subject = new("release")
    {
        Description = "The release to be judged, or its decision: motor-quote@2, motor-quote.",
    };
    readonly ExperimentOptions options = new();

    protected override IEnumerable<Symbol> Symbols => [subject, .. options.Symbols];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        await using var store = project.OpenStore();
        var environment = context.Get(options.Environment)!;
        await Places.CheckAsync(project, store, environment, context.Cancellation);
        var release = VersionId.TryParse(context.Get(subject), out var parsed) ? parsed : (VersionId?)null;
        var decision = release?.Name ?? context.Get(subject);
        var value = Experiments.Value(project, decision);
        var live = await store.Registry.LiveAsync(environment, context.Cancellation);
        var shares = Experiments.Shares(
            live.FirstOrDefault(one => one.Decision == decision)?.Arms,
            release,
            options.Share(context)
        );
        var traffic = await Experiments.TrafficAsync(
            store,
            value,
            environment,
            shares is (1, 1) ? release : null,
            options.Given(context),
            context.Clock,
            context.Cancellation
        );
        var wish = options.Wish(context);
        IReadOnlyList<ExperimentPlan> plans = wish is { Weeks: null, Effect: null }
            ? [.. UsualWeeks.Select(weeks => Experiments.Plan(traffic, shares, value, wish with { Weeks = weeks }))]
            : [Experiments.Plan(traffic, shares, value, wish)];
        context.Output.Write(plans, console => Draw(console, plans, value));
        return ExitStatus.Passed;
    }

    public static void Draw(Spectre.Console.IAnsiConsole console, IReadOnlyList<ExperimentPlan> plans, ValueDefinition value)
    {
        var first = plans[0];
        console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{first.Traffic.UnitsPerWeek:N0} {value.Unit}s a week, spread {first.Traffic.Spread:N2} {value.Currency} ({first.Traffic.Source})"
            )
        );
        var table = Tables.New(
            "weeks",
            "verdict after",
            $"{value.Unit}s",
            "against",
            $"smallest {value.Currency} found",
            "in one look"
        );
        foreach (var plan in plans)
            table.AddPlainRow(
                Number(plan.Weeks, "0.#"),
                Number(plan.Weeks + plan.MaturityWeeks, "0.#"),
                Number(plan.Units, "N0"),
                Number(plan.AgainstUnits, "N0"),
                Number(plan.Detectable, "N2"),
                Number(plan.DetectableInOneLook, "N2")
            );
        console.Write(table);
        console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"A difference a {(first.Share is 1 ? "decision" : value.Unit)} of that size is found with a chance of {first.Power:P0}, with an interval that holds at all times ({first.Level:P0}); the last column is what a single look at the end would find."
            )
        );
    }

    static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
