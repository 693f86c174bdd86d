using System.Globalization;
using Halley.Optimization;

namespace Halley.Bench;

/// <summary>Prices of a million policies, and public assignment, knapsack and roster instances with 60 s each on two threads.</summary>
sealed class OptimiseArea : IArea
{
    const int Threads = 2;

    static readonly PriceOptions Sixty = new()
    {
        TimeLimit = TimeSpan.FromSeconds(60),
        TargetGap = 0,
        Threads = Threads,
    };

    public string Name => "optimise";

    public IEnumerable<Figure> Measure(BenchOptions options)
    {
        foreach (var figure in Million())
            yield return figure;
        if (!Shared.Has("data/optimisation/gap/optima.csv", "optimise.proven_share and the other instances"))
            yield break;
        foreach (var figure in Rosters(options))
            yield return figure;
        var proven = ChoiceCase.All().Where(one => one.HasToBeProven).Select(one => Solve(one).IsProven).ToList();
        proven.Add(SolveRoster(1).IsProven);
        yield return new("optimise.proven_share", proven.Average(one => one ? 1.0 : 0), "", Settings: "60 s each, two workers");
        if (options.Quick)
        {
            Console.Error.WriteLine("left out: optimise.worst_excess: it can take an hour.");
            yield break;
        }
        var excess = ChoiceCase.All().Where(one => !one.HasToBeProven).Select(one => one.Excess(Solve(one).Value)).Max();
        yield return new("optimise.worst_excess", 100 * excess, "%", Settings: "over the best known, 60 s each, two workers");
    }

    /// <summary>1,000,000 policies x 50 prices x 5 limits of seed 5: from the menus in memory to a plan with its bound.</summary>
    static IEnumerable<Figure> Million()
    {
        var result = PriceOptimizer.Solve(SeededPortfolio.Make(5, 1_000_000, 50), Quick);
        yield return new("optimise.million_gap", 100 * result.Gap, "%");
        yield return new(
            "optimise.million_seconds",
            result.Elapsed.TotalSeconds,
            "s",
            Settings: string.Create(CultureInfo.InvariantCulture, $"two threads, {result.Passes} passes over the menus")
        );
        if (ChildTasks.Measure("optimise-million") is { } peak)
            yield return new("optimise.million_peak_mb", peak, "MB", Settings: "peak of the process that makes and solves them");
    }

    static PriceOptions Quick { get; } =
        new()
        {
            TargetGap = 1e-6,
            TimeLimit = TimeSpan.FromSeconds(60),
            Threads = Threads,
        };

    /// <summary>For a process of its own: peak memory of making and solving the million.</summary>
    internal static double? MillionPeak()
    {
        GC.KeepAlive(PriceOptimizer.Solve(SeededPortfolio.Make(5, 1_000_000, 50), Quick));
        return Machine.PeakMegabytes();
    }

    static IEnumerable<Figure> Rosters(BenchOptions options)
    {
        (int Instance, double Best)[] small = [(2, 828), (3, 1001), (5, 1143)];
        var plans = small.Select(one => (one.Best, Plan: SolveRoster(one.Instance))).ToArray();
        yield return new(
            "optimise.roster_excess",
            100 * plans.Max(one => one.Plan.Cost / one.Best - 1),
            "%",
            Settings: "Instances 2, 3, 5"
        );
        yield return new("optimise.roster_gap", 100 * plans.Max(one => one.Plan.Gap), "%", Settings: "Instances 2, 3, 5");
        if (options.Quick)
            yield break;
        (int Instance, double Best)[] large = [(7, 1056), (9, 439), (10, 4631), (12, 4040)];
        yield return new(
            "optimise.roster_large_excess",
            100 * large.Max(one => SolveRoster(one.Instance).Cost / one.Best - 1),
            "%",
            Settings: "Instances 7, 9, 10, 12"
        );
    }

    static RosterPlan SolveRoster(int instance)
    {
        var problem = NurseFile.Read(Shared.Path($"data/optimisation/nurse/Instance{instance}.txt"));
        var plan = RosterOptimizer.Solve(problem, new() { Threads = Threads });
        Say($"nurse Instance{instance}", plan.Cost, plan.Bound, plan.Elapsed);
        return plan;
    }

    static ChoicePlan Solve(ChoiceCase one)
    {
        var plan = ChoiceOptimizer.Solve(one.Problem(), Sixty);
        Say(one.Name, plan.Value, plan.Bound, plan.Elapsed);
        return plan;
    }

    static void Say(string name, double value, double bound, TimeSpan elapsed) =>
        Console.Error.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{name}: value {value}, bound {bound}, {elapsed.TotalSeconds:F1} s")
        );
}
