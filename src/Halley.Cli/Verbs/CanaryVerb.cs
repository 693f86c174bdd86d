using System.CommandLine;
using System.Globalization;
using Halley.Registry;

namespace Halley.Cli;

/// <summary><c>halley canary start | status | abort</c></summary>
sealed class CanaryVerb() : Verb("canary", "Bring a release in by small steps, watched by guards that take it out by themselves.")
{
    protected override IEnumerable<Verb> Children => [new CanaryStartVerb(), new Status(), new Abort()];

    sealed class Status() : Verb("status", "How far each canary is, and what took it out.")
    {
        readonly Option<string> environment = new("--in")
        {
            Description = "Environment. Default production.",
            DefaultValueFactory = _ => "production",
        };

        protected override IEnumerable<Symbol> Symbols => [environment];

        protected override async Task<int> RunAsync(CommandContext context)
        {
            var project = context.OpenProject();
            await using var store = project.OpenStore();
            await Places.CheckAsync(project, store, context.Get(environment)!, context.Cancellation);
            var states = await store.Registry.CanariesAsync(context.Get(environment)!, context.Cancellation);
            context.Output.Write(
                states,
                console =>
                {
                    if (states.Count == 0)
                        console.WriteLine(
                            "there was no canary yet. Begin one with 'halley canary start RELEASE --in ENVIRONMENT'."
                        );
                    foreach (var state in states)
                        Draw(console, state);
                }
            );
            return ExitStatus.Passed;
        }
    }

    sealed class Abort() : Verb("abort", "Take a running canary out; its units are the champion's again.")
    {
        readonly Argument<string> release = new("release")
        {
            Description = "For example motor-quote@2, motor-quote@latest, or motor-quote@production: the champion there.",
        };
        readonly Option<string> environment = new("--in")
        {
            Description = "Environment, for example production.",
            Required = true,
        };
        readonly Option<string> why = new("--why") { Description = "Why; it stays in the history.", Required = true };
        readonly Option<string?> by = new("--by") { Description = "Who. Default: this machine's user." };

        protected override IEnumerable<Symbol> Symbols => [release, environment, why, by];

        protected override async Task<int> RunAsync(CommandContext context)
        {
            var project = context.OpenProject();
            await using var store = project.OpenStore();
            var change = await store.Registry.AbortCanaryAsync(
                context.Get(environment)!,
                await ReleaseNames.FindAsync(store, context.Get(release), context.Cancellation),
                CommandContext.ActorOf(context.Get(by)),
                context.Get(why)!,
                context.Cancellation
            );
            context.Output.Write(
                change,
                console => console.WriteLine($"{change.Release} is out of {change.Environment} (revision {change.Revision})")
            );
            return ExitStatus.Passed;
        }
    }

    internal static void Draw(Spectre.Console.IAnsiConsole console, CanaryState state)
    {
        var (canary, steps) = (state.Canary, state.Canary.Plan.Steps);
        var step = Math.Min(state.Step, steps.Count - 1);
        var since = state.Since is { } time
            ? $" since {time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}"
            : "";
        console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{canary.Release} beside {canary.Against} in {canary.Plan.Environment}: {Words(state.Status)}{since}, step {step + 1} of {steps.Count} ({steps[step].Share:P1})"
            )
        );
        console.WriteLine($"  {state.Words}");
    }

    static string Words(CanaryStatus status) =>
        status switch
        {
            CanaryStatus.Asked => "asked",
            CanaryStatus.Running => "running",
            CanaryStatus.Passed => "passed",
            CanaryStatus.RolledBack => "ROLLED BACK",
            _ => "ended",
        };
}
