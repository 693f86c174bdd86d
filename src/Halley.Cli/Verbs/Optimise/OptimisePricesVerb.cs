using System.CommandLine;
using System.Text.Json;
using Halley.Data;
using Halley.Optimization;
using Halley.Sources;
using Halley.Specs;

namespace Halley.Cli;

/// <summary><c>halley optimise prices SPEC</c>: a price for every policy of a portfolio.</summary>
sealed class OptimisePricesVerb()
    : Verb("prices", "A price for every policy: the largest expected profit within limits on the whole, with a proven bound.")
{
    readonly Argument<string> spec = new("spec") { Description = "YAML file of the price run." };
    readonly Option<string?> portfolio = new("--portfolio") { Description = "Table or file in place of the spec's." };
    readonly Option<string?> decision = new("--decision")
    {
        Description = "Decision or release that gives prices, chances and profits, in place of the spec's.",
    };
    readonly Option<string?> result = new("--out") { Description = "CSV or Parquet file for the plan, a row for each policy." };
    readonly Option<string?> evidence = new("--evidence") { Description = "JSON file for what was asked, found and proven." };
    readonly Option<string?> frontier = new("--frontier")
    {
        Description = "Name of a limit; it is solved again at the figures of --at.",
    };
    readonly Option<double[]> at = new("--at")
    {
        Description = "Figures of the frontier's limit.",
        AllowMultipleArgumentsPerToken = true,
    };
    readonly SolveOptions solve = new();

    protected override IEnumerable<Symbol> Symbols =>
        [spec, portfolio, decision, result, evidence, frontier, at, .. solve.Symbols];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var given = SpecFiles.Prices.Read(context.Get(spec));
        if (context.Get(portfolio) is { } other)
            given = given with { Portfolio = other };
        if (context.Get(decision) is { } named)
            given = given with { Decision = (given.Decision ?? DecisionMenu.Usual) with { Name = named } };
        var options = solve.Read(context);
        var (prices, leftOut, found, points) = await context.WithProgressAsync(
            "prices",
            async progress =>
            {
                var (problem, without) = await ReadAsync(context, given, progress.Part(0, 0.4));
                var best = PriceOptimizer.Solve(problem.Problem, options, progress.Part(0.4, 0.8), context.Cancellation);
                return (problem, without, best, Sweep(context, given, problem, best, options));
            }
        );
        var report = Report(given, prices, leftOut, found, points);
        if (found.Plan is not null && context.Get(result) is { } path)
            TableWriter.Write(prices.ToTable(found), path, cancellation: context.Cancellation);
        if (context.Get(evidence) is { } file)
            File.WriteAllText(file, JsonSerializer.Serialize(new { Asked = given, Found = report }, Output.Json));
        context.Output.Write(report, console => PriceReport.Draw(console, report));
        return found.Plan is null ? ExitStatus.CheckFailed : ExitStatus.Passed;
    }

    /// <summary>The price problem, and the number of rows that the decision gives no price.</summary>
    static async Task<(PortfolioPrices Prices, int LeftOut)> ReadAsync(
        CommandContext context,
        PortfolioSpec given,
        IProgress<FitProgress>? progress
    )
    {
        var project = context.OpenProject();
        var table = project.ReadTable(given.Portfolio, context.Cancellation, progress.Part(0, 0.2));
        if (given.Decision is null)
            return (PortfolioPrices.Of(given, table), 0);
        await using var store = project.OpenStore();
        var (rows, curves, leftOut) = await DecisionMenus.OfAsync(
            project,
            store,
            given,
            table,
            progress.Part(0.2, 1),
            context.Cancellation
        );
        return (PortfolioPrices.Of(given, rows, curves: curves), leftOut);
    }

    IReadOnlyList<FrontierPoint> Sweep(
        CommandContext context,
        PortfolioSpec given,
        PortfolioPrices prices,
        PriceResult best,
        PriceOptions options
    )
    {
        if (context.Get(frontier) is not { } name || context.Get(at) is not { Length: > 0 } figures)
            return [];
        var index = given.Limits.ToList().FindIndex(limit => limit.Name == name);
        var rule = index < 0 ? null : given.Limits[index];
        if (rule?.Kind == LimitKind.LossRatio)
            throw new HalleyException(
                "HLY7080",
                $"limit '{name}' is a ratio, whose figure is part of the limit: sweep another, or run it at each figure."
            );
        var bounds = figures.Select(figure => index < 0 ? figure : figure * prices.LimitScales[index]).ToArray();
        var swept = PriceFrontier.Sweep(
            prices.Problem,
            name,
            bounds,
            options with
            {
                Start = best.Plan is null ? null : [.. best.Limits.Select(limit => limit.ShadowPrice)],
            },
            null,
            context.Cancellation
        );
        return
        [
            .. swept.Select((one, i) => new FrontierPoint(figures[i], prices.Money(one.Value), prices.Money(one.Bound), one.Gap)),
        ];
    }

    static PriceReport Report(
        PortfolioSpec given,
        PortfolioPrices prices,
        int leftOut,
        PriceResult found,
        IReadOnlyList<FrontierPoint> points
    )
    {
        double Own(int limit, double units) => units / prices.LimitScales[limit];
        return new()
        {
            Policies = prices.Problem.Menus.PolicyCount,
            WithoutPrice = leftOut,
            Value = found.Plan is null ? null : prices.Money(found.Value),
            Bound = found.Clash is null ? prices.Money(found.Bound) : null,
            Gap = found.Plan is null ? null : found.Gap,
            Proven = found.IsProven,
            Passes = found.Passes,
            Seconds = found.Elapsed.TotalSeconds,
            Limits =
            [
                .. found.Limits.Select(
                    (limit, l) =>
                        new LimitReport(
                            limit.Name,
                            given.Limits[l].AtLeast is not null ? "at least" : "at most",
                            given.Limits[l].AtLeast ?? given.Limits[l].AtMost!.Value,
                            found.Plan is null ? null : prices.Reached(found, l),
                            prices.Money(limit.ShadowPrice * Math.Abs(prices.LimitScales[l]))
                        )
                ),
            ],
            Clash =
            [
                .. (found.Clash?.Limits ?? []).Select(limit =>
                {
                    var l = given.Limits.ToList().FindIndex(one => one.Name == limit.Name);
                    return new ClashReport(limit.Name, Math.Abs(Own(l, limit.Give)), given.Limits[l].Kind == LimitKind.LossRatio);
                }),
            ],
            Frontier = points,
            Robustness = found.Plan is null
                ? []
                :
                [
                    .. new[] { 1 - given.SlopeError, 1, 1 + given.SlopeError }.Select(factor =>
                    {
                        var (profit, retention) = prices.Under(found, factor);
                        return new RobustnessReport(factor, profit, retention);
                    }),
                ],
        };
    }
}
