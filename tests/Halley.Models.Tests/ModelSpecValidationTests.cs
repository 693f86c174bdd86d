using Halley.Boosting;
using Halley.Data;
using Halley.Glm;
using Halley.Statistics;

namespace Halley.Models.Tests;

public class ModelSpecValidationTests
{
    [Fact]
    public void Good_specs_have_no_problems()
    {
        Assert.Empty(Specs.Glm.Validate());
        Assert.Empty(Specs.Boosting.Validate());
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var spec = Specs.Boosting with
        {
            Name = "Claim Count",
            Weight = "claims",
            Cap = new(double.NaN),
            Link = Link.Identity,
            Where = "age >",
            Derived = [new("a", "b + 1"), new("b", "2"), new("b", "3")],
            Rules = [new("age", new ValueRule(ValueAction.Replace)), new("age")],
            Learner = new BoostingLearner
            {
                Features = ["age", "age", "years"],
                Options = new() { Rounds = 0 },
            },
            Split = new RandomSplit { TestShare = 1, ValidationShare = -0.1 },
        };
        var message = Assert.Throws<HalleyException>(spec.EnsureValid).Message;
        Assert.StartsWith("HLY3001: the spec of model 'Claim Count' can't be used:", message, StringComparison.Ordinal);
        foreach (
            var told in new[]
            {
                "name: 'Claim Count' is not a name",
                "'claims' is both target and weight",
                "'years' is both exposure and a feature",
                "cap: NaN is not a number above 0",
                "exposure: as an offset it needs the log link, and the link is identity",
                "HLY1201: where",
                "'a' reads 'b', which is derived from it or after it",
                "derived: 'b' is defined twice",
                "rules: 'age' has more than one rule",
                "rules: 'age' is to be replaced, but by what is not said",
                "the feature 'age' is listed twice",
                "boosting with family poisson has the log link",
                "Rounds is 0",
                "the test share is 1",
                "the validation share is -0.1",
            }
        )
            Assert.Contains(told, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Split_values_and_days_are_checked()
    {
        var twice = Specs.Glm with
        {
            Split = new ColumnSplit
            {
                Column = "part",
                Learn = ["a"],
                Test = ["a"],
            },
        };
        Assert.Contains(
            "the value 'a' is named for more than one part",
            Assert.Single(twice.Validate()),
            StringComparison.Ordinal
        );
        var late = Specs.Glm with
        {
            Split = new TimeSplit
            {
                Column = "d",
                ValidationFrom = new(2025, 2, 1),
                TestFrom = new(2025, 1, 1),
            },
        };
        Assert.Contains(
            "validation starts on 2025-02-01, not before the test on 2025-01-01",
            Assert.Single(late.Validate()),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_glm_without_terms_or_with_bad_ones_is_refused()
    {
        var none = Specs.Glm with { Learner = new GlmLearner { Terms = [] } };
        Assert.Contains("there are no terms", Assert.Single(none.Validate()), StringComparison.Ordinal);
        var bad = Specs.Glm with { Learner = new GlmLearner { Terms = [new PolynomialTerm("age", 99)] } };
        Assert.Contains("degree 99", Assert.Single(bad.Validate()), StringComparison.Ordinal);
    }

    [Fact]
    public void The_features_of_a_glm_are_the_columns_of_its_terms()
    {
        var learner = new GlmLearner
        {
            Terms = [new FactorTerm("b"), new InteractionTerm(new FactorTerm("b"), new LogTerm("c")), new NumericTerm("a")],
        };
        Assert.Equal(["b", "c", "a"], learner.FeatureNames);
    }

    [Fact]
    public void Families_become_objectives()
    {
        var wanted = new Dictionary<Family, BoostingObjective>
        {
            [Family.Poisson] = BoostingObjective.Poisson,
            [Family.Gamma] = BoostingObjective.Gamma,
            [Family.Tweedie(1.4)] = BoostingObjective.Tweedie,
            [Family.TweedieEstimated] = BoostingObjective.Tweedie,
            [Family.Binomial] = BoostingObjective.LogLoss,
            [Family.Gaussian] = BoostingObjective.SquaredError,
        };
        foreach (var (family, objective) in wanted)
            Assert.Equal(objective, BoostingObjectives.For(family));
        Assert.Equal(1.4, BoostingObjectives.TweediePowerOf(Family.Tweedie(1.4)));
        Assert.Null(BoostingObjectives.TweediePowerOf(Family.Gamma));
        foreach (var family in new[] { Family.InverseGaussian, Family.QuasiPoisson })
        {
            var spec = Specs.Boosting with { Family = family };
            Assert.Contains(
                spec.Validate(),
                problem => problem.StartsWith($"family: boosting has no objective for {family};", StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public void Features_that_rest_on_each_other_over_and_over_take_no_time()
    {
        // Each reads the two before it: followed without a memory, 90 of them would take for ever.
        var derived = new List<DerivedFeature> { new("d0", "age + 1"), new("d1", "age + 2") };
        for (var i = 2; i < 90; i++)
            derived.Add(new($"d{i}", $"d{i - 1} + d{i - 2}"));
        var spec = Specs.Boosting with
        {
            Derived = derived,
            Learner = new BoostingLearner { Features = ["d89", "brand"] },
        };
        Assert.Empty(spec.Validate());
        Assert.Equal(["age", "brand"], ModelInputs.ColumnsFor(spec, ModelInputs.ServedNames(spec)));
    }

    [Fact]
    public void The_number_of_parts_is_bounded()
    {
        var spec = Specs.Boosting with { Derived = [.. Enumerable.Range(0, 2001).Select(i => new DerivedFeature($"d{i}", "1"))] };
        Assert.Equal("there are 2001 derived features; at most 2000 are possible.", Assert.Single(spec.Validate()));
    }
}
