using Halley.Data;

namespace Halley.Boosting.Tests;

public sealed class TrainingChecksTests
{
    [Theory]
    [InlineData(BoostingObjective.Poisson, -1, "y ≥ 0")]
    [InlineData(BoostingObjective.Gamma, 0, "y > 0")]
    [InlineData(BoostingObjective.Tweedie, -0.5, "y ≥ 0")]
    [InlineData(BoostingObjective.LogLoss, 1.5, "0 ≤ y ≤ 1")]
    public void A_target_outside_the_domain_is_named_with_its_row(BoostingObjective objective, double bad, string domain)
    {
        var set = Books.OneNumber([1, 2, 3], [0.5, bad, 0.5]);

        Assert.Equal(
            FormattableString.Invariant($"HLY2201: target column 'y', row 2: {bad} is outside the {objective} domain {domain}. ")
                + "Correct the row, leave it out with a filter on 'y', or choose another objective.",
            Refused(new() { Objective = objective }, set)
        );
    }

    [Fact]
    public void Validation_targets_are_checked_too()
    {
        var set = Books.OneNumber([1, 2], [0, 1]);
        var bad = Books.OneNumber([1, 2], [0, -3]).Learn;

        Assert.StartsWith("HLY2201: target column 'y', row 2: -3", Refused(new(), set with { Validation = bad }));
    }

    [Theory]
    [InlineData(BoostingObjective.Poisson, 0)]
    [InlineData(BoostingObjective.LogLoss, 0)]
    [InlineData(BoostingObjective.LogLoss, 1)]
    public void A_book_of_one_outcome_has_no_start(BoostingObjective objective, double outcome) =>
        Assert.Equal(
            "HLY2202: target column 'y': all learn rows with weight have the same extreme value, which no finite score gives under "
                + $"{objective}. Check the filter, or learn on rows that hold both outcomes.",
            Refused(new() { Objective = objective }, Books.OneNumber([1, 2], [outcome, outcome]))
        );

    [Fact]
    public void A_part_needs_a_row_of_positive_weight()
    {
        var set = Books.OneNumber([1, 2], [0, 1]);
        var none = set.Learn.With(new NumericColumn("w", [0, 0]));
        var some = set.Learn.With(new NumericColumn("w", [1, 1]));

        Assert.Equal(
            "HLY2203: the learn part has no row of positive weight. Check the split and the filter.",
            Refused(new(), set with { Learn = none, Weight = "w" })
        );
        Assert.StartsWith(
            "HLY2203: the validation part",
            Refused(new(), set with { Learn = some, Validation = some.Take([]), Weight = "w" })
        );
    }

    [Fact]
    public void Exposure_as_offset_needs_the_log_link() =>
        Assert.Equal(
            "HLY2206: exposure column 'years' as an offset needs the log link, which SquaredError does not have. "
                + "Use the exposure as rate, or choose Poisson, Gamma or Tweedie.",
            Refused(new() { Objective = BoostingObjective.SquaredError }, Books.Set(Books.Motor(50)))
        );

    [Theory]
    [InlineData("speed", "it is not among the features.")]
    [InlineData("region", "its levels have no order.")]
    public void A_monotone_constraint_needs_an_ordered_feature(string feature, string problem) =>
        Assert.Equal(
            $"HLY2207: monotone constraint on '{feature}': {problem} Constrain numbers, booleans or dates that are features.",
            Refused(new() { Monotone = new Dictionary<string, int> { [feature] = 1 } }, Books.Set(Books.Motor(50)))
        );

    [Fact]
    public void A_feature_is_needed() =>
        Assert.Equal(
            "HLY2208: there are no features to split. Name at least one.",
            Refused(new(), Books.Set(Books.Motor(50)) with { Features = [] })
        );

    [Fact]
    public void More_levels_than_bins_are_told_by_a_statistic_that_lone_rows_teach_nothing()
    {
        var count = FeatureBins.MaximumBins + 1;
        var levels = new LevelList(Enumerable.Range(0, count).Select(i => $"L{i}"));
        var set = Books.OneCategory(
            [.. Enumerable.Range(0, count)],
            levels,
            [.. Enumerable.Range(0, count).Select(i => (double)(i % 2))]
        );

        var fit = new BoostingTrainer(new()).Fit(set);

        Assert.IsType<LevelColumn>(Assert.Single(fit.Trees.Derived));
        Assert.Equal(0, fit.Trees.TreeCount);
        var error = Assert.Throws<HalleyException>(() => new BinBuilder(255, null).Build(set.Learn, ["level"], 1, default));
        Assert.Equal(
            "HLY2205: feature 'level': 65535 levels occur, more than 65534. Group the rare ones, or give the column the role id.",
            error.Message
        );
    }

    [Fact]
    public void A_constant_feature_is_never_cut()
    {
        var fit = new BoostingTrainer(new() { MinimumLeafRows = 1, MinimumLeafHessian = 0 }).Fit(
            Books.OneNumber([7, 7, 7, 7], [0, 1, 2, 1])
        );

        Assert.Equal(0, fit.Trees.TreeCount);
        Assert.Equal(1, Math.Exp(Scores.Of(fit.Trees, 7)), 1e-12);
    }

    static string Refused(BoostingOptions options, TrainingSet set) =>
        Assert.Throws<HalleyException>(() => new BoostingTrainer(options).Fit(set)).Message;
}
