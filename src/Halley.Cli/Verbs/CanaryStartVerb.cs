using System.CommandLine;
using Halley.Data;
using Halley.Registry;
using Halley.Specs;

namespace Halley.Cli;

/// <summary><c>halley canary start RELEASE --in ENVIRONMENT</c></summary>
sealed class CanaryStartVerb() : Verb("start", "Begin with the first share of canary.yaml, through the gates of a challenger.")
{
    readonly Argument<string> release = new("release") { Description = "For example motor-quote@2, or motor-quote@latest." };
    readonly Option<string> environment = new("--in") { Description = "Environment, for example production.", Required = true };
    readonly Option<string> why = new("--why") { Description = "Why; it stays in the history.", Required = true };
    readonly Option<string?> by = new("--by") { Description = "Who. Default: this machine's user." };
    readonly Option<string?> approvedBy = new("--approved-by")
    {
        Description =
            "Who agreed already, where a pipeline's protected step asked; another person than asks and than made the release.",
    };
    readonly Option<bool> orChampion = new("--or-champion")
    {
        Description = "Where there is no champion to run beside yet, make it the champion, through a champion's gates.",
    };
    readonly Option<string?> portfolio = new("--portfolio") { Description = "Table or file that the gates look at." };

    protected override IEnumerable<Symbol> Symbols => [release, environment, why, by, approvedBy, orChampion, portfolio];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        await using var store = project.OpenStore();
        var place = context.Get(environment)!;
        await Places.CheckAsync(project, store, place, context.Cancellation);
        var id = await ReleaseNames.FindAsync(store, context.Get(release), context.Cancellation);
        if (context.Get(orChampion) && (await Promoting.ArmsAsync(store, place, id.Name, context.Cancellation)).Champion is null)
            return await FirstAsync(context, project, store, id);
        var plan = PlanOf(project, place);
        var actor = CommandContext.ActorOf(context.Get(by));
        await Gating.SetGatesAsync(project, store, place, actor, context.Cancellation);
        var state = await context.WithProgressAsync(
            "gates",
            progress => StartAsync(context, store, plan, id, Gating.Evaluator(project, store, context.Get(portfolio), progress))
        );
        context.Output.Write(state, console => CanaryVerb.Draw(console, state));
        return ExitStatus.Passed;
    }

    static CanaryPlan PlanOf(Project project, string place)
    {
        var path = Path.Combine(project.Folder, "canary.yaml");
        var plan = File.Exists(path) ? SpecFiles.Canary.Read(path).FirstOrDefault(one => one.Environment == place) : null;
        return plan
            ?? throw new HalleyException(
                "HLY7143",
                $"canary.yaml has no plan for '{place}'. Give it steps and guards; the guide shows one (docs/guide/live.md)."
            );
    }

    /// <summary>Begins it; where an approval is all that lacks and one was given, with that approval.</summary>
    async Task<CanaryState> StartAsync(
        CommandContext context,
        LocalStore store,
        CanaryPlan plan,
        VersionId id,
        GateEvaluator evaluator
    )
    {
        var who = (CommandContext.ActorOf(context.Get(by)), context.Get(why)!);
        try
        {
            return await store.Registry.StartCanaryAsync(plan, id, who, evaluator, context.Cancellation);
        }
        catch (HalleyException refused) when (refused.Kind == FaultKind.CheckFailed && context.Get(approvedBy) is not null)
        {
            var asked = (await AllAsync())
                .LastOrDefault(state => state.Canary.Release == id && state.Status == CanaryStatus.Asked)
                ?.Canary;
            if (asked is null)
                throw;
            var approver = CommandContext.ActorOf(context.Get(approvedBy));
            await store.Registry.ApproveAsync(asked.Request, approver, context.Get(why)!, context.Cancellation);
            await store.Registry.CompleteAsync(asked.Request, context.Cancellation);
            return (await AllAsync()).Last(state => state.Canary.Id == asked.Id);
        }

        Task<IReadOnlyList<CanaryState>> AllAsync() => store.Registry.CanariesAsync(plan.Environment, context.Cancellation);
    }

    /// <summary>The first release of an environment has nothing to run beside.</summary>
    async Task<int> FirstAsync(CommandContext context, Project project, LocalStore store, VersionId id)
    {
        var draft = new PromotionDraft
        {
            Environment = context.Get(environment)!,
            Release = id,
            By = CommandContext.ActorOf(context.Get(by)),
            Why = context.Get(why)!,
        };
        var request = await Promoting.RequestAsync(
            project,
            store,
            draft,
            (context.Get(approvedBy), context.Get(portfolio)),
            context
        );
        var (results, change) = await Promoting.CompleteAsync(store, request, context.Cancellation);
        context.Output.Write(
            new
            {
                Release = id.ToString(),
                draft.Environment,
                Promoted = change is not null,
                Gates = results,
            },
            console =>
            {
                console.Write(Gating.Draw(results));
                console.WriteLine(
                    change is null
                        ? $"{id} was not promoted: see the gates above"
                        : $"{id} is the first champion in {draft.Environment}: there was none to run beside"
                );
            }
        );
        return change is null ? ExitStatus.CheckFailed : ExitStatus.Passed;
    }
}
