namespace Halley.Optimization.Tests;

public class PriceOptimizerTests
{
    [Theory]
    [InlineData("price60")]
    [InlineData("price500")]
    [InlineData("price5000")]
    public void Shared_instance_is_no_worse_than_its_best_plan(string name)
    {
        var known = SharedPortfolio.Read(name);
        // Ends once the best known plan is reached.
        var gap = (known.BestBound - known.BestValue) / known.BestBound;
        var result = PriceOptimizer.Solve(known.Problem, new() { TimeLimit = TimeSpan.FromSeconds(60), TargetGap = 0.4 * gap });
        Assert.NotNull(result.Plan);
        Assert.InRange(result.Bound, known.BestValue, known.Bound + 0.01);
        Assert.InRange(result.Value, known.BestValue, known.BestBound);
        AssertKept(known.Problem, result);
    }

    [Fact]
    public void First_draws_of_seed_5_are_the_published_ones()
    {
        Assert.Equal(0.386768045983934, SeededPortfolio.Draw(5, 0, 0), 1e-15);
        Assert.Equal(0.6034405546675778, SeededPortfolio.Draw(5, 1, 1), 1e-15);
        var policy = SeededPortfolio.Policy.Of(5, 0);
        Assert.Equal((37533.0, 32403.0, (ushort)1), (policy.Premium, policy.Cost, policy.Segment));
        var menus = SeededPortfolio.Make(5, 20, 21).Menus;
        double[] cells = [.. Enumerable.Range(0, 4).Select(measure => menus.Cell(0, 0, measure))];
        Assert.Equal([-1929, 811605, -7507, 8192], cells);
    }

    [Fact]
    public void Large_portfolio_is_planned_within_its_limits_and_a_small_gap()
    {
        var problem = SeededPortfolio.Make(5, 60_000, 21);
        var options = new PriceOptions { TimeLimit = TimeSpan.FromSeconds(60), TargetGap = 1e-5 };
        var result = PriceOptimizer.Solve(problem, options);
        Assert.NotNull(result.Plan);
        Assert.InRange(result.Gap, 0, 1e-5);
        Assert.InRange(result.Passes, 1, 40);
        AssertKept(problem, result);

        // Again from its own multipliers, on one thread: the same bound to the bit, in fewer passes.
        var again = PriceOptimizer.Solve(
            problem,
            options with
            {
                Threads = 1,
                Start = [.. result.Limits.Select(limit => limit.ShadowPrice)],
            }
        );
        Assert.Equal(result.Value, again.Value, 1e-4 * result.Value);
        Assert.True(again.Passes < result.Passes);
    }

    [Fact]
    public void Limits_that_clash_are_named_with_how_far_each_has_to_give()
    {
        var problem = SeededPortfolio.Make(1, 2_000, 21, ratioPerMille: 741);
        var result = PriceOptimizer.Solve(problem);
        Assert.Null(result.Plan);
        var clash = Assert.IsType<Clash>(result.Clash);
        // Retention against loss ratio against average change.
        Assert.Superset(new HashSet<string> { "change", "keep", "loss" }, clash.Limits.Select(limit => limit.Name).ToHashSet());
        foreach (var limit in clash.Limits.Where(limit => double.IsFinite(limit.Give)))
        {
            Assert.NotNull(Relaxed(problem, limit, 1.02).Plan);
            Assert.NotNull(Relaxed(problem, limit, 0.95).Clash);
        }
        Assert.Contains(clash.Limits, limit => double.IsFinite(limit.Give));
    }

    [Fact]
    public void Large_portfolio_without_any_plan_names_its_clash()
    {
        var problem = SeededPortfolio.Make(1, 25_000, 9, ratioPerMille: 700);
        var result = PriceOptimizer.Solve(problem);
        Assert.Null(result.Plan);
        Assert.Contains(result.Clash!.Limits, limit => limit.Name == "loss");
    }

    static PriceResult Relaxed(PriceProblem problem, ClashingLimit clash, double share) =>
        PriceOptimizer.Solve(
            new(
                problem.Menus,
                [
                    .. problem.Limits.Select(limit =>
                        limit.Name == clash.Name ? limit with { Bound = Math.Ceiling(limit.Bound + share * clash.Give) } : limit
                    ),
                ]
            ),
            new() { TargetGap = 1e-3 }
        );

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Small_portfolio_is_as_good_as_every_plan_tried(ulong seed)
    {
        var problem = SeededPortfolio.Make(seed, 6, 5);
        var result = PriceOptimizer.Solve(problem, new() { TargetGap = 0 });
        var (best, plan) = (double.NegativeInfinity, new ushort[6]);
        for (var code = 0; code < 15_625; code++)
        {
            for (var (i, rest) = (0, code); i < 6; i++, rest /= 5)
                plan[i] = (ushort)(rest % 5);
            var (profit, use) = problem.Total(plan);
            if (problem.Keeps(use))
                best = Math.Max(best, profit);
        }
        Assert.Equal(double.IsFinite(best), result.Plan is not null);
        if (result.Plan is null)
            Assert.NotEmpty(result.Clash!.Limits);
        else
            Assert.Equal((best, best, true), (result.Value, result.Bound, result.IsProven));
    }

    [Fact]
    public void Frontier_falls_as_the_limit_tightens()
    {
        var problem = SeededPortfolio.Make(5, 3_000, 21, ratioPerMille: 748);
        var change = problem.Limits[1].Bound;
        var results = PriceFrontier.Sweep(
            problem,
            "change",
            [change, 0.95 * change, 0.9 * change],
            new() { TargetGap = 1e-5, TimeLimit = TimeSpan.FromSeconds(8) }
        );
        var values = results.Select(result => result.Value).ToArray();
        Assert.True(values[0] > values[1] && values[1] > values[2]);
        Assert.All(results, result => Assert.InRange(result.Gap, 0, 1e-4));
    }

    [Fact]
    public void Options_out_of_range_are_told_all_at_once()
    {
        var problem = SeededPortfolio.Make(5, 10, 5);
        var fault = Assert.Throws<HalleyException>(() =>
            PriceOptimizer.Solve(
                problem,
                new()
                {
                    TimeLimit = TimeSpan.Zero,
                    TargetGap = 2,
                    Start = [1],
                }
            )
        );
        Assert.StartsWith("HLY2340", fault.Message, StringComparison.Ordinal);
        Assert.Contains("time limit", fault.Message, StringComparison.Ordinal);
        Assert.Contains("target gap", fault.Message, StringComparison.Ordinal);
        Assert.Contains("1 multipliers", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_to_start_from_may_break_limits_but_not_name_options_that_are_not_there()
    {
        var problem = SeededPortfolio.Make(11, 40, 9, ratioPerMille: 760);
        var free = PriceOptimizer.Solve(problem, new() { TargetGap = 1e-3 });
        var again = PriceOptimizer.Solve(problem, new() { TargetGap = 1e-3, StartPlan = [.. Enumerable.Repeat(8, 40)] });
        Assert.Equal(free.Plan is null, again.Plan is null);
        var kept = free.Plan is null ? free : PriceOptimizer.Solve(problem, new() { TargetGap = 0.5, StartPlan = free.Plan });
        Assert.True(kept.Value >= free.Value);
        var fault = Assert.Throws<HalleyException>(() =>
            PriceOptimizer.Solve(problem, new() { StartPlan = [.. Enumerable.Repeat(9, 40)] })
        );
        Assert.Contains("give one from 0 to 8 for each of the 40 policies", fault.Message, StringComparison.Ordinal);
    }

    static void AssertKept(PriceProblem problem, PriceResult result)
    {
        var (profit, use) = problem.Total([.. result.Plan!.Select(option => (ushort)option)]);
        Assert.Equal(result.Value, profit);
        for (var l = 0; l < use.Length; l++)
            Assert.True(use[l] <= problem.Limits[l].Bound, $"{problem.Limits[l].Name}: {use[l]} > {problem.Limits[l].Bound}");
        Assert.True(result.Value <= result.Bound);
    }
}
