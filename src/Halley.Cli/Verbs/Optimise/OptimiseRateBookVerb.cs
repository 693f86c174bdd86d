using System.CommandLine;
using System.Globalization;
using Halley.Data;
using Halley.Optimization;
using Halley.Sources;
using Halley.Specs;

namespace Halley.Cli;

/// <summary><c>halley optimise ratebook SPEC</c>: the best relativities of a tariff.</summary>
sealed class OptimiseRateBookVerb()
    : Verb("ratebook", "The best relativities of a rate book: profit within limits, under caps, order, smoothness and rounding.")
{
    readonly Argument<string> spec = new("spec") { Description = "YAML file of the rate book." };
    readonly Option<string?> result = new("--out")
    {
        Description = "CSV or Parquet file: factor, level, relativity of today, new relativity.",
    };
    readonly SolveOptions solve = new();

    protected override IEnumerable<Symbol> Symbols => [spec, result, .. solve.Symbols];

    protected override Task<int> RunAsync(CommandContext context)
    {
        var (given, options) = (SpecFiles.RateBook.Read(context.Get(spec)), solve.Read(context));
        var plan = context.WithProgress(
            "rate book",
            progress =>
            {
                var table = context
                    .OpenProject()
                    .ReadTable(given.Portfolio.Portfolio, context.Cancellation, progress.Part(0, 0.1));
                return RateBookOptimizer.Solve(given, table, options, progress.Part(0.1, 1), context.Cancellation);
            }
        );
        if (context.Get(result) is { } path)
            TableWriter.Write(ToTable(plan), path, cancellation: context.Cancellation);
        context.Output.Write(
            new
            {
                plan.Profit,
                plan.ProfitToday,
                IndividualBound = double.IsNaN(plan.IndividualBound) ? (double?)null : plan.IndividualBound,
                plan.IsWithinLimits,
                Limits = plan.Limits.Select(limit => new
                {
                    limit.Name,
                    limit.Reached,
                    limit.Missed,
                }),
                plan.Broken,
                plan.Levels,
            },
            console => Draw(console, plan)
        );
        return Task.FromResult(plan.IsWithinLimits && plan.Broken.Count == 0 ? ExitStatus.Passed : ExitStatus.CheckFailed);
    }

    static void Draw(Spectre.Console.IAnsiConsole console, RateBookPlan plan)
    {
        Spectre.Console.AnsiConsoleExtensions.WriteLine(
            console,
            string.Create(
                CultureInfo.InvariantCulture,
                $"profit {plan.Profit:N2}, today {plan.ProfitToday:N2}; prices of each policy's own earn at most {plan.IndividualBound:N2}"
            )
        );
        var limits = Tables.New("limit", "reached", "missed by");
        foreach (var (name, reached, missed) in plan.Limits)
            limits.AddPlainRow(name, Tables.Number(reached), missed > 0 ? Tables.Number(missed) : "");
        console.Write(limits);
        foreach (var rule in plan.Broken)
            Spectre.Console.AnsiConsoleExtensions.WriteLine(console, "broken: " + rule);
        var levels = Tables.New("factor", "level", "today", "new");
        foreach (var level in plan.Levels)
            levels.AddPlainRow(level.Factor, level.Level, Tables.Number(level.Today), Tables.Number(level.Relativity));
        console.Write(levels);
    }

    static Table ToTable(RateBookPlan plan) =>
        new([
            new TextColumn("factor", [.. plan.Levels.Select(level => level.Factor)]),
            new TextColumn("level", [.. plan.Levels.Select(level => level.Level)]),
            new NumericColumn("today", [.. plan.Levels.Select(level => level.Today)]),
            new NumericColumn("relativity", [.. plan.Levels.Select(level => level.Relativity)]),
        ]);
}
