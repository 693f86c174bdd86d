using System.Diagnostics;

namespace Halley.Optimization;

/// <summary>Prices of a portfolio: one option for every policy, the largest profit within limits on the whole.</summary>
public static class PriceOptimizer
{
    const int CoreSize = 4_096;

    /// <summary>Solves a price problem.</summary>
    /// <remarks>
    /// 1. The Lagrangian dual gives an upper bound and shadow prices. 2. In a large portfolio the policies that are nearly undecided make a
    /// core, whose own dual is solved exactly. 3. An integer program over the least regretted options gives a plan within the limits.
    /// 4. Where there is none, the limits that clash are named. Source of the bound: Geoffrion (1974), Math. Prog. Study 2, 82–114.
    /// </remarks>
    /// <exception cref="HalleyException">HLY2340: options out of their ranges.</exception>
    public static PriceResult Solve(
        PriceProblem problem,
        PriceOptions? options = null,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        options ??= new();
        if (options.Validate(problem.LimitCount) is { Count: > 0 } problems)
            OptimizationErrors.ThrowBadOptions("price optimisation", problems);
        var menus = problem.Menus;
        if (
            options.StartPlan is { } plan
            && (plan.Count != menus.PolicyCount || plan.Any(option => option < 0 || option >= menus.OptionCount))
        )
            OptimizationErrors.ThrowBadOptions(
                "price optimisation",
                [
                    $"the plan to start from has {plan.Count} options: give one from 0 to {menus.OptionCount - 1} for each of the {menus.PolicyCount} policies.",
                ]
            );
        var (clock, threads) = (Stopwatch.StartNew(), options.Threads);
        progress?.Report(new("upper bound", 0));
        var evaluator = new DualEvaluator(problem, 1, threads, cancellation);
        var dual = DualSolver.Solve(evaluator, options.Start?.ToArray(), threads, cancellation);
        var bound = evaluator.Bound(dual.Multipliers);
        var result = new PriceResult
        {
            Plan = null,
            Value = double.NegativeInfinity,
            Bound = bound,
            IsProven = false,
            Limits = [.. problem.Limits.Select((one, l) => new LimitUse(one.Name, one.Bound, double.NaN, dual.Multipliers[l]))],
            Clash = null,
            Passes = evaluator.Count,
            Elapsed = clock.Elapsed,
        };
        if (bound < DualSolver.Floor(problem, threads, cancellation) || IsFarOut(problem, dual))
        {
            var clash = Clash.Find(problem, threads, cancellation);
            if (clash.Limits.Count > 0)
                return result with { Clash = clash, Bound = double.NegativeInfinity, Elapsed = clock.Elapsed };
        }
        progress?.Report(new("plan", 0.1, FormattableString.Invariant($"bound {bound:N0}")));
        return Finish(result, evaluator, dual, options, clock, progress, cancellation);
    }

    static PriceResult Finish(
        PriceResult result,
        DualEvaluator evaluator,
        DualPoint dual,
        PriceOptions options,
        Stopwatch clock,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        var problem = evaluator.Problem;
        ushort[]? plan = null;
        var (bound, isProven, gives) = (result.Bound, false, (double[]?)null);
        if (problem.Menus.PolicyCount <= DualSolver.SmallPortfolio)
        {
            var finisher = new PlanFinisher(evaluator, options, clock, progress);
            finisher.Run(dual.Multipliers, bound, cancellation);
            (plan, bound, isProven, gives) = (finisher.Plan, finisher.Bound, finisher.IsProven, finisher.Gives);
        }
        else
        {
            plan = PlanFromCore(evaluator, dual, bound, options, clock, progress, cancellation);
        }
        if (plan is null)
            return result with
            {
                Bound = bound,
                Clash = gives is not null
                    ? Clash.OfWholePlans(problem, gives)
                    : ClashOrNull(problem, options.Threads, cancellation),
                Passes = evaluator.Count,
                Elapsed = clock.Elapsed,
            };
        var (profit, use) = problem.Total(plan);
        return result with
        {
            Plan = [.. plan.Select((choice, policy) => problem.Menus.OptionOf(policy, choice))],
            Value = profit,
            Bound = Math.Max(profit, bound),
            IsProven = isProven,
            Limits = [.. result.Limits.Select((one, l) => one with { Use = use[l] })],
            Passes = evaluator.Count,
            Elapsed = clock.Elapsed,
        };
    }

    /// <summary>Null where the limits can be kept together, at least by shares of options.</summary>
    static Clash? ClashOrNull(PriceProblem problem, int threads, CancellationToken cancellation)
    {
        if (problem.LimitCount == 0 || cancellation.IsCancellationRequested)
            return null;
        var clash = Clash.Find(problem, threads, cancellation);
        return clash.Limits.Count > 0 ? clash : null;
    }

    /// <summary>Solves the policies that are nearly undecided against what the others leave of the limits.</summary>
    static ushort[]? PlanFromCore(
        DualEvaluator evaluator,
        DualPoint dual,
        double bound,
        PriceOptions options,
        Stopwatch clock,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        var problem = evaluator.Problem;
        var all = problem.Menus.PolicyCount;
        var (plan, regret) = (new ushort[all], new float[all]);
        evaluator.Evaluate(dual.Multipliers, plan: plan, regret: regret);
        var order = Enumerable.Range(0, all).ToArray();
        Array.Sort(regret, order);
        for (var size = CoreSize; ; size *= 4)
        {
            int[] core = [.. order.Take(size).Order()];
            var (profit, limits) = Residual(problem, plan, core);
            var part = new PriceProblem(problem.Menus.Take(core), limits);
            var inner = new DualEvaluator(part, 1, options.Threads, cancellation);
            var best = DualSolver.Solve(inner, dual.Multipliers, options.Threads, cancellation);
            // The core's own profit is small beside the whole's, of whose bound the gap is a share.
            var left = bound - profit;
            var target = Math.Min(0.999, options.TargetGap * Math.Abs(bound) / Math.Max(1, Math.Abs(left)));
            var finisher = new PlanFinisher(
                inner,
                options with
                {
                    IsReproducible = true,
                    StartPlan = null,
                    TargetGap = target,
                },
                clock,
                progress
            );
            if (best.Value >= DualSolver.Floor(part, options.Threads, cancellation))
                finisher.Run(best.Multipliers, inner.Bound(best.Multipliers), cancellation);
            if (finisher.Plan is { } found)
            {
                for (var i = 0; i < core.Length; i++)
                    plan[core[i]] = found[i];
                return plan;
            }
            if (size >= all || clock.Elapsed >= options.TimeLimit || cancellation.IsCancellationRequested)
                return null;
        }
    }

    /// <summary>Profit of the policies outside the core, and the limits with what they leave.</summary>
    static (double Profit, PortfolioLimit[] Limits) Residual(PriceProblem problem, ushort[] plan, int[] core)
    {
        var (profit, use) = problem.Total(plan);
        foreach (var policy in core)
        {
            profit -= problem.Menus.Cell(policy, plan[policy], 0);
            for (var l = 0; l < use.Length; l++)
                use[l] -= problem.Use(l, policy, plan[policy]);
        }
        return (profit, [.. problem.Limits.Select((limit, l) => limit with { Bound = limit.Bound - use[l] })]);
    }

    /// <summary>Whether a multiplier lies where only an infeasible problem drives it.</summary>
    static bool IsFarOut(PriceProblem problem, DualPoint dual)
    {
        var scales = DualSolver.ScalesOf(problem);
        return dual.Multipliers.Where((multiplier, l) => multiplier > 0.1 * DualSolver.CapInScales * scales[l]).Any();
    }
}
