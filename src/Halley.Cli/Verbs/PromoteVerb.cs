using System.CommandLine;
using Halley.Data;
using Halley.Registry;

namespace Halley.Cli;

/// <summary><c>halley promote RELEASE --to ENVIRONMENT</c>, and <c>halley promote --approve REQUEST</c></summary>
sealed class PromoteVerb()
    : Verb("promote", "Give a release a place in an environment, through its gates; or approve and complete a request.")
{
    readonly Argument<string?> release = new("release")
    {
        Description = "For example motor-quote@2, motor-quote@latest, or motor-quote@production: the champion there.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    readonly Option<string?> environment = new("--to") { Description = "Environment, for example staging." };
    readonly Option<ReleaseRole> role = new("--as") { Description = "champion (default), challenger or shadow." };
    readonly Option<double> share = new("--share") { Description = "Share of the units of a challenger, for example 0.1." };
    readonly Option<string?> why = new("--why") { Description = "Why; it stays in the history." };
    readonly Option<string?> by = new("--by")
    {
        Description = "Who asks or approves. Default: this machine's user. Recorded as identity: unverified.",
    };
    readonly Option<string?> approve = new("--approve")
    {
        Description = "Id of a request to approve and complete; by another person than asked.",
    };
    readonly Option<string?> approvedBy = new("--approved-by")
    {
        Description =
            "Who agreed already, where a pipeline's protected step asked; another person than asks and than made the release.",
    };
    readonly Option<bool> orChampion = new("--or-champion")
    {
        Description = "Champion where there is none yet, whatever --as says.",
    };
    readonly Option<bool> unlessThere = new("--unless-there")
    {
        Description = "Where the release has a place there already, leave it and end with 0.",
    };
    readonly Option<string?> approverRole = new("--role")
    {
        Description = "Role in which the approver agrees, for gates that ask for one.",
    };
    readonly Option<string?> transaction = new("--for")
    {
        Description = "Only this transaction of a champion: new_business or renewal.",
    };
    readonly Option<string?> effective = new("--from")
    {
        Description = "First effective date that a champion answers, for example 2026-04-01. Default: every date, from now on.",
    };
    readonly Option<bool> keepSchema = new("--keep-schema")
    {
        Description = "The champion before goes on answering requests that name its schema.",
    };
    readonly Option<string?> portfolio = new("--portfolio")
    {
        Description = "Table or file that gates on premiums, levels, drift, time and fairness look at.",
    };

    protected override IEnumerable<Symbol> Symbols =>
        [
            release,
            environment,
            role,
            share,
            orChampion,
            unlessThere,
            transaction,
            effective,
            keepSchema,
            why,
            by,
            approve,
            approverRole,
            approvedBy,
            portfolio,
        ];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        await using var store = project.OpenStore();
        if (context.Get(approve) is { } request)
            return await ApproveAsync(context, store, request);
        if (context.Arguments.GetValue(release) is not { } named || context.Get(environment) is not { } to)
            throw new HalleyException("HLY7023", "name a release and --to ENVIRONMENT, or --approve REQUEST.");
        await Places.CheckAsync(project, store, to, context.Cancellation);
        var id = await ReleaseNames.FindAsync(store, named, context.Cancellation);
        if (context.Get(unlessThere) && await Promoting.IsThereAsync(store, to, id, context.Cancellation))
            return Stays(context, id, to);
        var hasChampion = (await Promoting.ArmsAsync(store, to, id.Name, context.Cancellation)).Champion is not null;
        var draft = new PromotionDraft
        {
            Environment = to,
            Release = id,
            Role = context.Get(orChampion) && !hasChampion ? ReleaseRole.Champion : context.Get(role),
            Share = context.Get(share),
            Transaction = context.Get(transaction) is { } word ? Dates.Transaction("--for", word) : null,
            Effective = context.Get(effective) is { } day ? Dates.Day("--from", day) : null,
            KeepSchema = context.Get(keepSchema),
            By = CommandContext.ActorOf(context.Get(by)),
            Why = context.Get(why) ?? "promoted by command",
        };
        var made = await Promoting.RequestAsync(
            project,
            store,
            draft,
            (context.Get(approvedBy), context.Get(portfolio)),
            context
        );
        return await CompleteAsync(context, store, made);
    }

    static int Stays(CommandContext context, VersionId release, string environment)
    {
        context.Output.Write(
            new
            {
                Release = release.ToString(),
                Environment = environment,
                Promoted = false,
            },
            console => console.WriteLine($"{release} has its place in {environment} already")
        );
        return ExitStatus.Passed;
    }

    async Task<int> ApproveAsync(CommandContext context, LocalStore store, string request)
    {
        await store.Registry.ApproveAsync(
            request,
            CommandContext.ActorOf(context.Get(by)),
            context.Get(why) ?? "approved by command",
            context.Get(approverRole),
            context.Cancellation
        );
        return await CompleteAsync(context, store, await store.Registry.FindRequestAsync(request, context.Cancellation));
    }

    static async Task<int> CompleteAsync(CommandContext context, LocalStore store, PromotionRequest request)
    {
        var (results, change) = await Promoting.CompleteAsync(store, request, context.Cancellation);
        var report = new
        {
            Request = request.Id,
            Release = request.Draft.Release.ToString(),
            request.Draft.Environment,
            request.Draft.Role,
            Promoted = change is not null,
            change?.Revision,
            Gates = results,
        };
        context.Output.Write(
            report,
            console =>
            {
                console.Write(Gating.Draw(results));
                console.WriteLine(
                    change is not null
                        ? $"{report.Release} {Place(request.Draft)} in {report.Environment} (revision {change.Revision})"
                        : $"{report.Release} was not promoted. After mending: promote again. After an approval: halley promote --approve {request.Id} --by NAME"
                );
            }
        );
        return change is not null ? ExitStatus.Passed : ExitStatus.CheckFailed;
    }

    static string Place(PromotionDraft draft) =>
        draft.Effective is null && draft.Transaction is null
            ? $"is now {draft.Role.ToString().ToLowerInvariant()}"
            : $"answers {(draft.Transaction is { } only ? TransactionNames.Of(only) : "every transaction")} from {(draft.Effective is { } day ? $"{day:yyyy-MM-dd}" : "today")} on";
}
