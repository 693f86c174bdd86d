using System.CommandLine;
using Halley.Registry;

namespace Halley.Cli;

/// <summary><c>halley waive GATE --in ENVIRONMENT --release RELEASE --role ROLE --until DATE --why TEXT</c></summary>
sealed class WaiveVerb() : Verb("waive", "Answer for a gate's failure until a day, in the role that gates.yaml names.")
{
    readonly Argument<string> gate = new("gate") { Description = "Name of the gate, for example dislocation." };
    readonly Option<string> environment = new("--in") { Description = "Environment, for example production.", Required = true };
    readonly Option<string?> release = new("--release")
    {
        Description = "The only release that it is for, for example motor-quote@2.",
    };
    readonly Option<string?> decision = new("--decision")
    {
        Description = "Every release of this decision, in place of --release.",
    };
    readonly Option<string> role = new("--role") { Description = "Role in which you answer for it.", Required = true };
    readonly Option<string> until = new("--until")
    {
        Description = "Last day on which it holds, for example 2026-06-30.",
        Required = true,
    };
    readonly Option<string> why = new("--why")
    {
        Description = "Why; it stays in the history and on the pages.",
        Required = true,
    };
    readonly Option<string?> by = new("--by")
    {
        Description = "Who. Default: this machine's user. Recorded as identity: unverified.",
    };

    protected override IEnumerable<Symbol> Symbols => [gate, environment, release, decision, role, until, why, by];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        await using var store = project.OpenStore();
        await Places.CheckAsync(project, store, context.Get(environment)!, context.Cancellation);
        var by = CommandContext.ActorOf(context.Get(this.by));
        await Gating.SetGatesAsync(project, store, context.Get(environment)!, by, context.Cancellation);
        var only = context.Get(release) is { } named ? VersionId.Parse(named) : (VersionId?)null;
        var about = only?.Name ?? context.Get(decision);
        if (about is null || (only is not null && context.Get(decision) is not null))
            throw new Data.HalleyException(
                "HLY7122",
                "name what the waiver is for: --release RELEASE or --decision DECISION, not both."
            );
        var waiver = await store.Registry.WaiveAsync(
            context.Get(environment)!,
            about,
            context.Get(gate),
            only,
            (by, context.Get(role)!),
            context.Get(why)!,
            Dates.EndOf(Dates.Day("--until", context.Get(until)!)),
            context.Cancellation
        );
        context.Output.Write(
            waiver,
            console =>
                console.WriteLine(
                    $"gate '{waiver.Gate}' of {waiver.Environment} is waived for {only?.ToString() ?? $"every release of {about}"} until {waiver.Until:yyyy-MM-dd}"
                )
        );
        return ExitStatus.Passed;
    }
}
