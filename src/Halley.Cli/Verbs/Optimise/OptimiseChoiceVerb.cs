using System.CommandLine;
using System.Globalization;
using Halley.Data;
using Halley.Optimization;
using Halley.Sources;

namespace Halley.Cli;

/// <summary>A verb that decides items under shared resources.</summary>
abstract class OptimiseChoiceVerb(string name, string description) : Verb(name, description)
{
    readonly Argument<string> spec = new("spec") { Description = "YAML file of the problem." };
    readonly Option<string?> result = new("--out")
    {
        Description = "CSV or Parquet file for the plan, with the account of every item.",
    };
    readonly SolveOptions solve = new();

    protected override IEnumerable<Symbol> Symbols => [spec, result, .. solve.Symbols];

    protected abstract ChoiceSpec ReadSpec(string path);

    protected abstract ChoiceProblem ReadProblem(ChoiceSpec spec, Func<string, Table> read);

    protected override Task<int> RunAsync(CommandContext context)
    {
        var (given, project, options) = (ReadSpec(context.Get(spec)), context.OpenProject(), solve.Read(context));
        var problem = ReadProblem(given, source => project.ReadTable(source, context.Cancellation));
        var plan = context.WithProgress(
            Name,
            progress => ChoiceOptimizer.Solve(problem, options, progress, context.Cancellation)
        );
        if (plan.Choices is not null && context.Get(result) is { } path)
            TableWriter.Write(ChoiceTables.ToTable(plan), path, cancellation: context.Cancellation);
        context.Output.Write(
            new
            {
                Items = problem.Items.Count,
                Value = plan.Choices is null ? (double?)null : plan.Value,
                Bound = double.IsFinite(plan.Bound) ? plan.Bound : (double?)null,
                Gap = plan.Choices is null ? (double?)null : plan.Gap,
                Proven = plan.IsProven,
                plan.Resources,
                plan.Clash,
                plan.Choices,
                Seconds = plan.Elapsed.TotalSeconds,
            },
            console =>
            {
                if (plan.Choices is null)
                {
                    console.WriteLine(plan.Clash.Count == 0 ? "no plan was found in the time" : "there is too little of:");
                    foreach (var clash in plan.Clash)
                        console.WriteLine(
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"  {clash.Name}: {clash.Bound:G6}, {clash.Give:G6} more would do"
                            )
                        );
                    return;
                }
                console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"value {plan.Value:G10}, bound {plan.Bound:G10}: gap {plan.Gap:E1}{(plan.IsProven ? ", proven the best" : "")}"
                    )
                );
                var drawn = Tables.New("resource", "capacity", "used", "worth of one more");
                foreach (var one in plan.Resources)
                    drawn.AddPlainRow(one.Name, Tables.Number(one.Capacity), Tables.Number(one.Use), Tables.Number(one.Price));
                console.Write(drawn);
            }
        );
        return Task.FromResult(plan.Choices is null ? ExitStatus.CheckFailed : ExitStatus.Passed);
    }
}
