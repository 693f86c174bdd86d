using System.CommandLine;

namespace Halley.Cli;

/// <summary><c>halley rollback DECISION --in ENVIRONMENT</c></summary>
sealed class RollbackVerb() : Verb("rollback", "Put the champion before the present one back, in one step.")
{
    readonly Argument<string> decision = new("decision") { Description = "Name of the decision." };
    readonly Option<string> environment = new("--in") { Description = "Environment, for example production.", Required = true };
    readonly Option<string?> why = new("--why") { Description = "Why; it stays in the history." };
    readonly Option<string?> by = new("--by") { Description = "Who. Default: this machine's user." };

    protected override IEnumerable<Symbol> Symbols => [decision, environment, why, by];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        await using var store = project.OpenStore();
        await Places.CheckAsync(project, store, context.Get(environment)!, context.Cancellation);
        var change = await store.Registry.RollbackAsync(
            context.Get(environment)!,
            context.Get(decision),
            CommandContext.ActorOf(context.Get(by)),
            context.Get(why) ?? "rolled back by command",
            context.Cancellation
        );
        var report = new
        {
            change.Environment,
            change.Decision,
            Champion = change.Arms.Champion.ToString(),
            change.Revision,
        };
        context.Output.Write(
            report,
            console =>
                console.WriteLine($"{report.Champion} is champion in {report.Environment} again (revision {report.Revision})")
        );
        return ExitStatus.Passed;
    }
}
