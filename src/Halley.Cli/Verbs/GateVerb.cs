using System.CommandLine;
using Halley.Registry;

namespace Halley.Cli;

/// <summary><c>halley gate run RELEASE --for ENVIRONMENT</c></summary>
sealed class GateVerb() : Verb("gate", "Judge a release by an environment's gates without promoting it.")
{
    protected override IEnumerable<Verb> Children => [new Run()];

    sealed class Run() : Verb("run", "Judge a release by an environment's gates; ends with 1 where one fails.")
    {
        readonly Argument<string> release = new("release")
        {
            Description = "For example motor-quote@2, motor-quote@latest, or motor-quote@production: the champion there.",
        };
        readonly Option<string> environment = new("--for")
        {
            Description = "Environment, for example production.",
            Required = true,
        };
        readonly Option<ReleaseRole> role = new("--as") { Description = "champion (default), challenger or shadow." };
        readonly Option<string?> portfolio = new("--portfolio")
        {
            Description = "Table or file that gates on premiums, levels, drift, time and fairness look at.",
        };

        readonly Option<bool> open = new("--approvals-later")
        {
            Description = "Leave out gates that only ask for people's approval: for the look before anybody is asked.",
        };

        protected override IEnumerable<Symbol> Symbols => [release, environment, role, portfolio, open];

        protected override async Task<int> RunAsync(CommandContext context)
        {
            var project = context.OpenProject();
            await using var store = project.OpenStore();
            var target = context.Get(environment)!;
            await Places.CheckAsync(project, store, target, context.Cancellation);
            await Gating.SetGatesAsync(project, store, target, CommandContext.ActorOf(null), context.Cancellation);
            var found = await store.Registry.FindReleaseAsync(
                await ReleaseNames.FindAsync(store, context.Get(release), context.Cancellation),
                context.Cancellation
            );
            var live = (await store.Registry.LiveAsync(target, context.Cancellation)).FirstOrDefault(one =>
                one.Decision == found.Decision
            );
            var subject = new GateSubject(found, target, context.Get(role), live?.Arms ?? new());
            var gates = await store.Registry.GatesAsync(target, context.Cancellation);
            var report = await context.WithProgressAsync(
                "gates",
                progress =>
                    Gating
                        .Evaluator(project, store, context.Get(portfolio), progress)
                        .EvaluateAsync(gates, subject, context.Cancellation)
            );
            var later = context.Get(open) ? gates.Gates.OfType<ApprovalGate>().Select(gate => gate.Name).ToHashSet() : [];
            List<GateResult> results = [.. report.Results.Where(result => !later.Contains(result.Gate))];
            context.Output.Write(
                new
                {
                    Release = found.Id.ToString(),
                    Environment = target,
                    Gates = results,
                },
                console => console.Write(Gating.Draw(results))
            );
            return results.Exists(result => result.Blocks) ? ExitStatus.CheckFailed : ExitStatus.Passed;
        }
    }
}
