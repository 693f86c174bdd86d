using System.CommandLine;
using Halley.Registry;

namespace Halley.Cli;

/// <summary><c>halley withdraw RELEASE --in ENVIRONMENT</c></summary>
sealed class WithdrawVerb() : Verb("withdraw", "Take a challenger or a shadow out; its units are the champion's again.")
{
    readonly Argument<string> release = new("release") { Description = "For example motor-quote@2." };
    readonly Option<string> environment = new("--in") { Description = "Environment, for example production.", Required = true };
    readonly Option<string?> why = new("--why") { Description = "Why; it stays in the history." };
    readonly Option<string?> by = new("--by") { Description = "Who. Default: this machine's user." };

    protected override IEnumerable<Symbol> Symbols => [release, environment, why, by];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        await using var store = project.OpenStore();
        await Places.CheckAsync(project, store, context.Get(environment)!, context.Cancellation);
        var change = await store.Registry.WithdrawAsync(
            context.Get(environment)!,
            VersionId.Parse(context.Get(release)),
            CommandContext.ActorOf(context.Get(by)),
            context.Get(why) ?? "withdrawn by command",
            context.Cancellation
        );
        var report = new
        {
            change.Environment,
            change.Decision,
            Withdrawn = context.Get(release),
            change.Revision,
        };
        context.Output.Write(
            report,
            console => console.WriteLine($"{report.Withdrawn} is out of {report.Environment} (revision {report.Revision})")
        );
        return ExitStatus.Passed;
    }
}
