using System.CommandLine;

namespace Halley.Cli;

/// <summary><c>halley stop MODEL</c> and <c>halley resume MODEL</c>.</summary>
sealed class StopVerb(bool isStop)
    : Verb(
        isStop ? "stop" : "resume",
        isStop
            ? "Stop a model in every environment: decisions that use it answer by their declared fallback."
            : "Let a stopped model answer again, in every environment."
    )
{
    readonly Argument<string> model = new("model") { Description = "A model, or one version of it: claim-count, claim-count@3." };
    readonly Option<string> why = new("--why") { Description = "Why; it stays in the history and in the log.", Required = true };
    readonly Option<string?> by = new("--by")
    {
        Description = "Who. Default: this machine's user. Recorded as identity: unverified.",
    };

    protected override IEnumerable<Symbol> Symbols => [model, why, by];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        await using var store = context.OpenProject().OpenStore();
        var (named, who) = (context.Get(model), CommandContext.ActorOf(context.Get(by)));
        var changes = isStop
            ? await store.Registry.StopModelAsync(named, who, context.Get(why)!, context.Cancellation)
            : await store.Registry.ResumeModelAsync(named, who, context.Get(why)!, context.Cancellation);
        context.Output.Write(
            new
            {
                Model = named,
                Stopped = isStop,
                Changed = changes.Select(change => new
                {
                    change.Environment,
                    change.Decision,
                    change.Revision,
                }),
            },
            console =>
            {
                foreach (var change in changes)
                    console.WriteLine(
                        $"{change.Decision} in {change.Environment} {(isStop ? "answers without" : "answers again with")} {named} (revision {change.Revision})"
                    );
                if (changes.Count == 0)
                    console.WriteLine($"{named} {(isStop ? "was stopped already" : "was not stopped")}; nothing was changed");
            }
        );
        return ExitStatus.Passed;
    }
}
