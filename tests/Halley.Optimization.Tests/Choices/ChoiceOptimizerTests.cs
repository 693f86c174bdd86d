namespace Halley.Optimization.Tests;

public class ChoiceOptimizerTests
{
    static readonly PriceOptions Short = new() { TimeLimit = TimeSpan.FromSeconds(20), TargetGap = 0 };

    static string File(string relative) => SharedData.Path("data/optimisation/" + relative);

    [Theory]
    [InlineData("gap1-0", 261)]
    [InlineData("gap1-1", 269)]
    [InlineData("gap1-2", 256)]
    [InlineData("gap1-3", 274)]
    [InlineData("gap1-4", 251)]
    public void Claims_to_handlers_is_proven(string name, double optimum) =>
        AssertProven(ChoiceFiles.Gap(File($"gap/{name}.txt")), optimum);

    [Theory]
    [InlineData("pb5", 2139)]
    [InlineData("weing7", 1095445)]
    [InlineData("weish29", 9410)]
    [InlineData("sento1", 7772)]
    public void Knapsack_with_several_limits_is_proven(string name, double optimum) =>
        AssertProven(ChoiceFiles.Mkp(File($"mkp/{name}.txt")), optimum);

    [Theory]
    [InlineData("I01", 173)]
    [InlineData("I05", 3905.7)]
    public void Offers_under_several_limits_are_proven(string name, double optimum) =>
        AssertProven(ChoiceFiles.Mmkp(File($"mmkp/{name}.txt")), optimum);

    [Theory]
    [InlineData("price_mckp_20x5", 636, 7134)]
    [InlineData("price_mckp_150x9", 3835, 40010)]
    public void One_price_per_segment_is_proven(string name, double capacity, double optimum) =>
        AssertProven(ChoiceFiles.Mckp(File($"mckp/{name}.csv"), capacity), optimum);

    static void AssertProven(ChoiceProblem problem, double optimum)
    {
        var plan = ChoiceOptimizer.Solve(problem, Short);
        Assert.NotNull(plan.Choices);
        Assert.True(plan.IsProven, $"value {plan.Value}, bound {plan.Bound}");
        Assert.Equal(optimum, plan.Value, 1e-6);
        Assert.Equal(optimum, plan.Bound, 1e-6);
        // Added up again from the answer, item by item.
        Assert.Equal(optimum, plan.Choices.Sum(choice => choice.Value), 1e-6);
        for (var r = 0; r < problem.Resources.Count; r++)
        {
            var use = problem
                .Items.Zip(plan.Choices, (item, choice) => item.Options.First(option => option.Name == choice.Option).Uses[r])
                .Sum();
            Assert.True(use <= problem.Resources[r].Capacity + 1e-9);
            Assert.Equal(use, plan.Resources[r].Use, 1e-6);
        }
    }

    [Fact]
    public void Too_short_a_resource_is_named_with_what_it_lacks()
    {
        Resource[] handlers = [new("Ada", 7), new("Ben", 3)];
        var problem = ChoiceProblem.Assignment(["c1", "c2", "c3"], handlers, (_, _) => 1, (_, _) => 4);
        var plan = ChoiceOptimizer.Solve(problem, Short);
        Assert.Null(plan.Choices);
        Assert.NotEmpty(plan.Clash);
        // Three claims of four hours need twelve; there are ten.
        Assert.Contains(plan.Clash, one => one.Name == "Ada" && Math.Abs(one.Give - 2) < 1e-6 || one.Name == "Ben");
    }

    [Fact]
    public void What_shares_could_keep_but_whole_jobs_cannot_is_named()
    {
        Resource[] handlers = [new("Ada", 6), new("Ben", 6)];
        var problem = ChoiceProblem.Assignment(["c1", "c2", "c3"], handlers, (_, _) => 1, (_, _) => 4);
        var plan = ChoiceOptimizer.Solve(problem, Short);
        Assert.Null(plan.Choices);
        var clash = Assert.Single(plan.Clash);
        Assert.Equal(2, clash.Give, 1e-6);
    }

    [Fact]
    public void An_item_nobody_can_take_is_refused_by_its_name()
    {
        var problem = ChoiceProblem.Assignment(["c1"], [new("Ada", 6)], (_, _) => null, (_, _) => 1);
        var fault = Assert.Throws<HalleyException>(() => ChoiceOptimizer.Solve(problem, Short));
        Assert.Contains("'c1' has no option", fault.Message, StringComparison.Ordinal);
    }
}
