using System.CommandLine;
using System.Globalization;
using Halley.Registry;

namespace Halley.Cli;

/// <summary><c>halley experiment start RELEASE --share S (--weeks W | --effect X) --why TEXT</c></summary>
sealed class ExperimentStartVerb()
    : Verb(
        "start",
        "Begin an experiment on a challenger or a shadow; with --share the release becomes challenger through its gates."
    )
{
    readonly Argument<string> release = new("release") { Description = "For example motor-quote@2." };
    readonly ExperimentOptions options = new();
    readonly Option<double?> minimum = new("--minimum")
    {
        Description = "The smallest difference a unit that matters. Default: minimum_difference of value.yaml, else --effect.",
    };
    readonly Option<string> why = new("--why") { Description = "What it shall decide; it stays with it.", Required = true };
    readonly Option<string?> by = new("--by") { Description = "Who. Default: this machine's user." };
    readonly Option<string?> portfolio = new("--portfolio")
    {
        Description = "Table or file that the challenger's gates look at.",
    };

    protected override IEnumerable<Symbol> Symbols => [release, .. options.Symbols, minimum, why, by, portfolio];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        await using var store = project.OpenStore();
        var environment = context.Get(options.Environment)!;
        await Places.CheckAsync(project, store, environment, context.Cancellation);
        var judged = VersionId.Parse(context.Get(release));
        var value = Experiments.Value(project, judged.Name);
        await ValueChecks.CheckAsync(project, store, [value], judged.Name, context.Cancellation);
        var arms = await ArmsAsync(store, environment, judged, context.Cancellation);
        // 1. The plan, before anything is changed.
        var shares = Experiments.Shares(arms, judged, options.Share(context));
        var traffic = await Experiments.TrafficAsync(
            store,
            value,
            environment,
            shares is (1, 1) ? judged : null,
            options.Given(context),
            context.Clock,
            context.Cancellation
        );
        var wish = options.Wish(context);
        var plan = Experiments.Plan(traffic, shares, value, wish);
        // 2. The place, through the gates.
        var actor = CommandContext.ActorOf(context.Get(by));
        if (options.Share(context) is { } share)
            await ChallengeAsync(context, project, store, (environment, judged, share), actor);
        // 3. The rules, fixed.
        var experiment = await store.Registry.StartExperimentAsync(
            new()
            {
                Environment = environment,
                Release = judged,
                Value = value,
                Length = TimeSpan.FromDays(7 * plan.Weeks),
                PlannedDecisions = plan.Decisions,
                MinimumDifference = context.Get(minimum) ?? value.MinimumDifference ?? wish.Effect,
                By = actor,
                Why = context.Get(why)!,
            },
            context.Cancellation
        );
        context.Output.Write(
            new { Experiment = experiment, Plan = plan },
            console =>
            {
                ExperimentPlanVerb.Draw(console, [plan], value);
                console.WriteLine(
                    $"experiment {experiment.Id}: {experiment.Release} against {experiment.Against} in {environment}, intake until {Day(experiment.PlannedEnd)}, verdict by {Day(experiment.VerdictAt)}"
                );
            }
        );
        return ExitStatus.Passed;
    }

    async Task ChallengeAsync(
        CommandContext context,
        Project project,
        LocalStore store,
        (string Environment, VersionId Release, double Share) place,
        Actor actor
    )
    {
        var draft = new PromotionDraft
        {
            Environment = place.Environment,
            Release = place.Release,
            Role = ReleaseRole.Challenger,
            Share = place.Share,
            By = actor,
            Why = context.Get(why)!,
        };
        await Gating.SetGatesAsync(project, store, place.Environment, actor, context.Cancellation);
        await context.WithProgressAsync(
            "gates",
            progress =>
                store.Registry.PromoteAsync(
                    draft,
                    Gating.Evaluator(project, store, context.Get(portfolio), progress),
                    context.Cancellation
                )
        );
    }

    static async Task<LiveArms?> ArmsAsync(
        LocalStore store,
        string environment,
        VersionId release,
        CancellationToken cancellation
    ) => (await store.Registry.LiveAsync(environment, cancellation)).FirstOrDefault(live => live.Decision == release.Name)?.Arms;

    static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
