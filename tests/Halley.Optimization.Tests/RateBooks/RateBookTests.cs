namespace Halley.Optimization.Tests;

public class RateBookTests
{
    const int Policies = 600;

    static readonly string[] Ages = ["18-25", "26-40", "41-60", "61+"];

    static Table Portfolio()
    {
        double Draw(int i, int j) => SeededPortfolio.Draw(9, i, j);
        double[] Each(Func<int, double> value) => [.. Enumerable.Range(0, Policies).Select(value)];
        var premium = Each(i => Math.Round(300 + 600 * Draw(i, 0), 2));
        return new([
            new TextColumn("id", [.. Enumerable.Range(0, Policies).Select(i => $"p{i}")]),
            new NumericColumn("premium", premium),
            new NumericColumn("cost", Each(i => premium[i] * (0.6 + 0.08 * (i % 4) + 0.1 * Draw(i, 1)))),
            new NumericColumn("keep", Each(i => 0.7 + 0.25 * Draw(i, 2))),
            new NumericColumn("slope", Each(i => 2 + 5 * Draw(i, 3))),
            new TextColumn("age", [.. Enumerable.Range(0, Policies).Select(i => Ages[i % 4])]),
            new TextColumn("region", [.. Enumerable.Range(0, Policies).Select(i => i % 7 < 3 ? "north" : "south")]),
        ]);
    }

    static RateBookSpec Spec(params PortfolioRule[] limits) =>
        new()
        {
            Portfolio = new()
            {
                Portfolio = "book",
                Policy = "id",
                Premium = "premium",
                Cost = "cost",
                Chance = "keep",
                Slope = "slope",
                Limits = limits,
            },
            Factors =
            [
                new()
                {
                    Column = "age",
                    Levels = [new("18-25", 1.4), new("26-40", 1.1), new("41-60", 1), new("61+", 1)],
                    Cap = 0.15,
                    Order = RateOrder.Falling,
                    Smoothness = 0.3,
                },
                new() { Column = "region", Levels = [new("north", 0.9), new("south", 1)] },
            ],
        };

    [Fact]
    public void Book_earns_more_within_its_limits_and_rules_and_less_than_prices_of_each_policys_own()
    {
        var limits = new[]
        {
            new PortfolioRule
            {
                Name = "keep",
                Kind = LimitKind.Retention,
                AtLeast = 0.8,
            },
            new PortfolioRule
            {
                Name = "change",
                Kind = LimitKind.AverageChange,
                AtMost = 0.03,
            },
        };
        var (spec, table) = (Spec(limits), Portfolio());
        var plan = RateBookOptimizer.Solve(spec, table, new() { TimeLimit = TimeSpan.FromSeconds(20) });
        Assert.True(plan.IsWithinLimits);
        Assert.Empty(plan.Broken);
        Assert.True(plan.Profit > plan.ProfitToday);
        Assert.True(plan.Profit <= plan.IndividualBound);
        Assert.All(plan.Levels, level => Assert.Equal(level.Relativity, Math.Round(level.Relativity, 2), 1e-9));
        Assert.True(plan.Limits[0].Reached >= 0.8 - 1e-9);
        Assert.True(plan.Limits[1].Reached <= 0.03 + 1e-9);

        // Order and smoothness as written, checked here anew.
        double[] ages = [.. plan.Levels.Take(4).Select(level => level.Relativity)];
        for (var l = 1; l < 4; l++)
            Assert.InRange(ages[l - 1] / ages[l], 1 - 1e-9, 1.3 + 1e-9);
    }

    [Fact]
    public void No_single_step_of_the_rounding_is_better()
    {
        var limit = new PortfolioRule
        {
            Name = "keep",
            Kind = LimitKind.Retention,
            AtLeast = 0.8,
        };
        var (spec, table) = (Spec(limit), Portfolio());
        var plan = RateBookOptimizer.Solve(spec, table, new() { TimeLimit = TimeSpan.FromSeconds(20) });
        var rows = new RateBookRows(spec, table);
        double[] Moved(int level, double step) =>
            [.. plan.Levels.Select((one, l) => Math.Log((one.Relativity + (l == level ? step : 0)) / one.Today))];
        Assert.Equal(plan.Profit, rows.Evaluate(Moved(-1, 0), 1).Figures[0], 1e-9);
        for (var level = 0; level < plan.Levels.Count; level++)
        {
            foreach (var step in new[] { -0.01, 0.01 })
            {
                var figures = rows.Evaluate(Moved(level, step), 1).Figures;
                double[] book = [.. plan.Levels.Select((one, l) => one.Relativity + (l == level ? step : 0))];
                var isAllowed = figures[1] <= rows.Bounds[0] && RateBookRules.Broken(spec, book).Count == 0;
                Assert.False(isAllowed && figures[0] > plan.Profit + 1e-6, $"{plan.Levels[level]} {step:+0.00;-0.00}");
            }
        }
    }

    [Fact]
    public void Slopes_are_those_of_the_figures()
    {
        var limit = new PortfolioRule
        {
            Name = "claims",
            Kind = LimitKind.LossRatio,
            AtMost = 0.8,
        };
        var rows = new RateBookRows(Spec(limit), Portfolio());
        double[] at = [0.03, -0.02, 0.01, 0, 0.05, -0.04];
        var (_, slopes) = rows.Evaluate(at, 1);
        for (var level = 0; level < at.Length; level++)
        {
            double[] Near(double h) => [.. at.Select((move, l) => move + (l == level ? h : 0))];
            var (above, below) = (rows.Evaluate(Near(1e-5), 1).Figures, rows.Evaluate(Near(-1e-5), 1).Figures);
            for (var figure = 0; figure < 2; figure++)
            {
                var difference = (above[figure] - below[figure]) / 2e-5;
                Assert.Equal(difference, slopes[figure, level], 1e-4 * Math.Max(1, Math.Abs(difference)));
            }
        }
    }

    [Fact]
    public void A_limit_that_the_book_cannot_keep_is_told_with_what_is_missed()
    {
        var plan = RateBookOptimizer.Solve(
            Spec(
                new PortfolioRule
                {
                    Name = "keep",
                    Kind = LimitKind.Retention,
                    AtLeast = 0.95,
                }
            ),
            Portfolio(),
            new() { TimeLimit = TimeSpan.FromSeconds(20) }
        );
        Assert.False(plan.IsWithinLimits);
        Assert.True(plan.Limits[0].Missed > 0);
        Assert.Equal(0.95, plan.Limits[0].Reached + plan.Limits[0].Missed, 1e-6);
    }

    [Fact]
    public void An_unknown_level_is_named_with_its_row()
    {
        var spec = Spec() with { Factors = [new() { Column = "region", Levels = [new("north", 1)] }] };
        var fault = Assert.Throws<HalleyException>(() => RateBookOptimizer.Solve(spec, Portfolio()));
        Assert.Contains(
            "row 4, column 'region': the rate book has no level 'south'. Levels: north.",
            fault.Message,
            StringComparison.Ordinal
        );
    }
}
