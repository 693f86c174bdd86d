using System.CommandLine;

namespace Halley.Cli;

/// <summary><c>halley experiment stop ID --why TEXT</c></summary>
sealed class ExperimentStopVerb() : Verb("stop", "End an experiment and keep its verdict; what is live stays as it is.")
{
    readonly Argument<string> id = new("id") { Description = "As 'halley experiment status' tells it." };
    readonly Option<string> why = new("--why") { Description = "Why; it stays with the verdict.", Required = true };
    readonly Option<string?> by = new("--by") { Description = "Who. Default: this machine's user." };

    protected override IEnumerable<Symbol> Symbols => [id, why, by];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        await using var store = project.OpenStore();
        var state = await store.Registry.FindExperimentAsync(context.Get(id), context.Cancellation);
        var report = await context.WithProgressAsync(
            "experiment",
            progress => ExperimentStatusVerb.ReportAsync(store, state, context.Clock, progress, context.Cancellation)
        );
        var end = await store.Registry.StopExperimentAsync(
            state.Experiment.Id,
            report,
            CommandContext.ActorOf(context.Get(by)),
            context.Get(why)!,
            context.Cancellation
        );
        var (release, place) = (state.Experiment.Release, state.Experiment.Environment);
        context.Output.Write(
            end,
            console =>
            {
                ExperimentStatusVerb.Draw(console, state with { End = end }, report);
                console.WriteLine(
                    $"{release} stays where it is: 'halley promote {release} --to {place}' makes it champion, 'halley withdraw {release} --in {place}' takes it out"
                );
            }
        );
        return ExitStatus.Passed;
    }
}
