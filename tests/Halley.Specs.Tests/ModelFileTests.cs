using Halley.Boosting;
using Halley.Data;
using Halley.Glm;
using Halley.Models;

namespace Halley.Specs.Tests;

public class ModelFileTests
{
    const string Count = """
        model: claim-count
        data: policies
        learner: glm
        target: claims
        family: poisson
        exposure: years
        where: years > 0
        derive:
          power: min(vehicle_power, 9)
        rules:
          region: { missing: R24, unseen: reject }
        terms:
          - factor: region
            base: R24
          - bands: age
            cuts: [18, 21, 26]
          - log: density
          - interaction: [{ number: bonus }, { number: age }]
        split: { column: split, test: test }
        seed: 7
        """;

    [Fact]
    public void A_model_file_becomes_its_spec()
    {
        var file = SpecFiles.Model.Parse(Count, "m.yaml");
        Assert.Equal("policies", file.Data);
        Assert.Equal("years", file.Spec.Exposure);
        Assert.Equal(7UL, file.Spec.Seed);
        Assert.Equal(new DerivedFeature("power", "min(vehicle_power, 9)"), Assert.Single(file.Spec.Derived));
        Assert.Equal(ValueRule.Replace("R24"), Assert.Single(file.Spec.Rules).WhenMissing);
        var terms = Assert.IsType<GlmLearner>(file.Spec.Learner).Terms;
        Assert.Equal("R24", Assert.IsType<FactorTerm>(terms[0]).Base);
        Assert.Equal([18, 21, 26], Assert.IsType<BandedTerm>(terms[1]).Cuts);
        Assert.IsType<LogTerm>(terms[2]);
        Assert.Equal(2, Assert.IsType<InteractionTerm>(terms[3]).Factors.Count);
        Assert.Equal(["test"], Assert.IsType<ColumnSplit>(file.Spec.Split).Test);
    }

    [Fact]
    public void Classes_and_spreads_are_read()
    {
        const string Head = """
            model: m
            data: policies
            learner: boosting
            features: [age]

            """;
        var kind = SpecFiles.Model.Parse(Head + "target: kind\nobjective: multiclass\nclasses: [fire, theft]", "m.yaml").Spec;
        var cost = SpecFiles
            .Model.Parse(Head + "target: cost\nfamily: gamma\nquantiles: [0.9, 0.995]\noptions: { spread: true }", "m.yaml")
            .Spec;

        var learner = Assert.IsType<BoostingLearner>(kind.Learner);
        Assert.Equal(BoostingObjective.Multiclass, learner.Objective);
        Assert.Equal(["fire", "theft"], learner.Classes);
        Assert.True(Assert.IsType<BoostingLearner>(cost.Learner).Options.FitsSpread);
        Assert.Equal([0.9, 0.995], ((BoostingLearner)cost.Learner).Quantiles);
        string Fault(string rest) => Assert.Throws<HalleyException>(() => SpecFiles.Model.Parse(Head + rest, "m.yaml")).Message;
        Assert.Contains("the key 'family' is missing", Fault("target: cost"), StringComparison.Ordinal);
        Assert.Contains(
            "objective multiclass has no family. Remove 'family'.",
            Fault("target: kind\nobjective: multiclass\nfamily: poisson"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "use 'years' as a weight or a feature",
            Fault("target: kind\nobjective: multiclass\nexposure: years"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_penalty_becomes_its_options()
    {
        const string penalty = """
            penalty:
              l1_ratio: 0.5
              terms:
                - { term: age, kind: steps, monotone: rising }
                - { term: region, weight: 2, kind: group }
              folds: { key: [policy], count: 5 }
              choose: best
            """;
        var spec = SpecFiles.Model.Parse(Count + "\n" + penalty, "m.yaml").Spec;
        var read = Assert.IsType<GlmLearner>(spec.Learner).Options.Penalty!;

        Assert.Null(read.Strength);
        Assert.Equal(0.5, read.L1Ratio);
        Assert.Equal(PenaltyScale.Numbers, read.Scale);
        Assert.Equal(StrengthChoice.Best, read.Choice);
        Assert.Equal(["policy"], read.Folds.Keys);
        Assert.Equal(5, read.Folds.Count);
        Assert.Equal(new PenaltyTerm("age") { Kind = PenaltyKind.Steps, Monotone = MonotoneRule.Rising }, read.Terms[0]);
        Assert.Equal(new PenaltyTerm("region") { Kind = PenaltyKind.Group, Weight = 2 }, read.Terms[1]);
    }

    [Fact]
    public void Problems_of_a_penalty_are_told_when_the_file_is_read()
    {
        var fault = Assert.Throws<HalleyException>(() =>
            SpecFiles.Model.Parse(
                Count + "\npenalty: { terms: [{ term: age, lower: 0.2 }], folds: { key: id, time: year } }",
                "m.yaml"
            )
        );
        Assert.Contains("penalty of 'age': the limits must hold 0 between them", fault.Message, StringComparison.Ordinal);
        Assert.Contains("folds: give keys, a time or a column, not several of them", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Smooths_splines_given_relativities_controls_and_inference_are_read()
    {
        const string text = """
            model: claim-count
            data: policies
            learner: glm
            target: claims
            family: negbinomial
            terms:
              - smooth: age
                kind: p_spline
                size: 12
              - spline: power
                knots: [5, 7]
              - smooth: age
                by: region
              - smooth: power
                by: { bands: age, cuts: [25, 60] }
              - spline: value
                kind: b_spline
                degree: 2
                degrees_of_freedom: 5
              - credibility: make
                lambda: 3
              - territory: region
                neighbours: { R11: [R22, R24], R22: R24 }
              - factor: fuel
                fixed: { electric: 0.9 }
              - smooth: weight
                by: { log: doors }
              - interaction:
                  - { smooth: age, size: 6 }
                  - { smooth: power, missing: 6 }
                  - factor: region
              - factor: year
            controls: { year: 2024 }
            inference: { cluster: policyholder, tests: likelihood_ratio, intervals: profile, level: 0.9 }
            """;
        var learner = Assert.IsType<GlmLearner>(SpecFiles.Model.Parse(text, "m.yaml").Spec.Learner);

        Assert.Equal(new SmoothTerm("age") { Basis = SmoothKind.PSpline, Size = 12 }, learner.Terms[0]);
        Assert.Equal([5, 7], Assert.IsType<NaturalSplineTerm>(learner.Terms[1]).Knots);
        Assert.Equal(new SmoothTerm("age") { By = new FactorTerm("region") }, learner.Terms[2]);
        Assert.Equal([25, 60], Assert.IsType<BandedTerm>(Assert.IsType<SmoothTerm>(learner.Terms[3]).By).Cuts);
        Assert.Equal(new BSplineTerm("value") { Degree = 2, DegreesOfFreedom = 5 }, learner.Terms[4]);
        Assert.Equal(new CredibilityTerm("make") { Lambda = 3 }, learner.Terms[5]);
        Assert.Equal(["R24"], Assert.IsType<NeighbourTerm>(learner.Terms[6]).Neighbours["R22"]);
        Assert.Equal(0.9, Assert.IsType<FactorTerm>(learner.Terms[7]).Fixed!["electric"]);
        Assert.Equal(new SmoothTerm("weight") { By = new LogTerm("doors") }, learner.Terms[8]);
        var surface = Assert.IsType<InteractionTerm>(learner.Terms[9]);
        Assert.Equal(
            [
                new SmoothTerm("age") { Size = 6 },
                new SmoothTerm("power") { WhenMissing = ValueRule.Replace("6") },
                new FactorTerm("region"),
            ],
            surface.Factors
        );
        Assert.Contains("doors", learner.FeatureNames);
        Assert.Contains("region", learner.FeatureNames);
        Assert.Equal("2024", learner.Options.Controls["year"]);
        Assert.DoesNotContain("year", learner.FeatureNames);
        Assert.Equal((ErrorKind.Clustered, "policyholder"), (learner.Options.Errors, learner.Options.Cluster));
        Assert.True(learner.Options.LikelihoodRatioTests && learner.Options.ProfileIntervals);
        Assert.Equal(0.9, learner.Options.ConfidenceLevel);
    }

    [Fact]
    public void Controls_and_inference_do_not_belong_to_boosting()
    {
        var fault = Assert.Throws<HalleyException>(() =>
            SpecFiles.Model.Parse(
                "model: m\ndata: d\nlearner: boosting\ntarget: y\nfamily: poisson\nfeatures: [a]\ncontrols: { a: 1 }\ninference: {}\n",
                "m.yaml"
            )
        );
        Assert.Contains("'controls' does not belong to learner boosting", fault.Message, StringComparison.Ordinal);
        Assert.Contains("'inference' does not belong to learner boosting", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistyped_key_is_named_with_line_and_the_nearest_key()
    {
        var fault = Assert.Throws<HalleyException>(() =>
            SpecFiles.Model.Parse(Count.Replace("exposure:", "exposrue:", StringComparison.Ordinal), "m.yaml")
        );
        Assert.Equal("HLY3501", fault.Code);
        Assert.Contains(
            "m.yaml:6:1: unknown key 'exposrue' in a model spec. Did you mean 'exposure'?",
            fault.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Every_problem_is_told_at_once_in_the_order_of_lines()
    {
        const string wrong =
            "model: m\ndata: d\nlearner: glm\ntarget: y\nfamily: poison\nseed: -1\nterms:\n  - bands: age\n    cuts: [18, x]\n  - splines: age\n";
        var fault = Assert.Throws<HalleyException>(() => SpecFiles.Model.Parse(wrong, "m.yaml"));
        var lines = fault.Message.Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.Contains("m.yaml:5:9: 'poison' is not a family", lines[0], StringComparison.Ordinal);
        Assert.Contains("m.yaml:6:7: '-1' where a number from 0 to", lines[1], StringComparison.Ordinal);
        Assert.Contains("m.yaml:9:16: 'x' where a number is expected", lines[2], StringComparison.Ordinal);
        Assert.Contains("m.yaml:10:5: a group of keys where a term that starts with", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void An_objective_of_its_own_is_read_with_its_options()
    {
        var file = SpecFiles.Model.Parse(
            "model: m\ndata: d\nlearner: boosting\ntarget: y\nfamily: gaussian\nobjective: quantile\nfeatures: [a]\noptions: { quantile_level: 0.9, leaf_steps: 3, huber_delta: 2, zero_share: 0.2 }\n",
            "m.yaml"
        );

        var learner = (BoostingLearner)file.Spec.Learner;
        Assert.Equal(BoostingObjective.Quantile, learner.Objective);
        Assert.Equal(
            (0.9, 3, 2, 0.2),
            (learner.Options.QuantileLevel, learner.Options.LeafSteps, learner.Options.HuberDelta, learner.Options.ZeroShare)
        );
    }

    [Fact]
    public void Options_of_growth_and_sampling_are_read_and_wrong_ones_named_by_line()
    {
        const string head = "model: m\ndata: d\nlearner: boosting\ntarget: y\nfamily: poisson\nfeatures: [a, b]\noptions:\n";
        var file = SpecFiles.Model.Parse(
            head
                + "  mode: dart\n  drop_rate: 0.2\n  skip_drop: 0\n  maximum_drops: 9\n  row_sampling: large_gradients\n  row_share: 0.3\n"
                + "  large_gradient_share: 0.1\n  path_smoothing: 7\n  level_column_share: 0.5\n  linear_l2: 2\n  draw_weights: { a: 3 }\n"
                + "  gain_weights: { b: 0.5 }\n  monotone: { a: rising }\n  monotone_method: basic\n",
            "m.yaml"
        );

        var options = ((BoostingLearner)file.Spec.Learner).Options;
        Assert.Equal((BoostingMode.Dart, 0.2, 0, 9), (options.Mode, options.DropRate, options.SkipDrop, options.MaximumDrops));
        Assert.Equal((RowSampling.LargeGradients, 0.1), (options.RowSampling, options.LargeGradientShare));
        Assert.Equal((7, 0.5, 2), (options.PathSmoothing, options.LevelColumnShare, options.LinearL2));
        Assert.Equal((3, 0.5), (options.DrawWeights["a"], options.GainWeights["b"]));
        Assert.Equal(MonotoneMethod.Basic, options.MonotoneMethod);
        var word = Assert.Throws<HalleyException>(() => SpecFiles.Model.Parse(head + "  mode: drat\n", "m.yaml"));
        Assert.Contains("m.yaml:8:9: 'drat' where", word.Message, StringComparison.Ordinal);
        var both = Assert.Throws<HalleyException>(() =>
            SpecFiles.Model.Parse(head + "  row_sampling: minimum_variance\n", "m.yaml")
        );
        Assert.Contains(
            "RowShare is 1; it must be below 1 where RowSampling is MinimumVariance.",
            both.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Statistics_of_categories_are_read()
    {
        var file = SpecFiles.Model.Parse(
            "model: m\ndata: d\nlearner: boosting\ntarget: y\nfamily: poisson\nfeatures: [a, b, c]\noptions:\n  ordered_boosting: true\n"
                + "  statistics: { levels: 9, beside_levels: true, kinds: [mean, volume], priors: [2, 20], permutations: 3, bins: 40, combination_size: 2, "
                + "most_combinations: 5, combinations: [[a, b]], in_row_order: true }\n",
            "m.yaml"
        );

        var options = ((BoostingLearner)file.Spec.Learner).Options;
        var told = options.Statistics;
        Assert.True(options.OrderedBoosting && told.BesideLevels && told.InRowOrder);
        Assert.Equal((9, 3, 40, 2, 5), (told.Levels, told.Permutations, told.Bins, told.CombinationSize, told.MostCombinations));
        Assert.Equal([StatisticKind.Mean, StatisticKind.Volume], told.Kinds);
        Assert.Equal([2, 20], told.Priors);
        Assert.Equal(["a", "b"], Assert.Single(told.Combinations));
    }

    [Theory]
    [InlineData("gamma", true)]
    [InlineData("tweedie(1.5)", true)]
    [InlineData("poisson", false)]
    public void Amounts_without_settings_choose_their_rounds(string family, bool automatic)
    {
        var file = SpecFiles.Model.Parse(
            $"model: m\ndata: d\nlearner: boosting\ntarget: y\nfamily: {family}\nfeatures: [a]\n",
            "m.yaml"
        );

        Assert.Equal(automatic, ((BoostingLearner)file.Spec.Learner).Options.AutomaticRounds);
    }

    [Fact]
    public void Terms_do_not_belong_to_boosting()
    {
        var fault = Assert.Throws<HalleyException>(() =>
            SpecFiles.Model.Parse(Count.Replace("learner: glm", "learner: boosting", StringComparison.Ordinal), "m.yaml")
        );
        Assert.Contains("'terms' does not belong to learner boosting", fault.Message, StringComparison.Ordinal);
        Assert.Contains("learner boosting needs the key 'features'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("terms: [{ bands: age, cuts: [40, 25] }]", "m.yaml:6:8: learner: HLY2101", "cut point 25 is not above")]
    [InlineData(
        "terms: [{ factor: a }]\ninference: { errors: clustered }",
        "m.yaml:7:12: learner: HLY2101",
        "need a cluster column"
    )]
    [InlineData("terms: [{ factor: a }]\ncontrols: { year: 2024 }", "m.yaml:7:11: learner: HLY2101", "'year' is in no term")]
    [InlineData("terms: [{ factor: a }]\nwhere: a >", "m.yaml:7:8: HLY1201", "found the end")]
    [InlineData("terms: [{ factor: a }]\nlink: identity\nexposure: years", "m.yaml:8:11: exposure", "needs the log link")]
    [InlineData(
        "terms: [{ factor: a }]\ninference: { intervals: profile }\npenalty: { l1_ratio: 1 }",
        "m.yaml:8:10: learner: HLY2101",
        "a penalised fit has no errors"
    )]
    public void A_problem_of_the_whole_spec_stands_at_the_key_that_it_speaks_of(string rest, string place, string message)
    {
        var text = $"model: m\ndata: d\nlearner: glm\ntarget: y\nfamily: poisson\n{rest}\n";
        var fault = Assert.Throws<HalleyException>(() => SpecFiles.Model.Parse(text, "m.yaml"));
        Assert.Contains(place, fault.Message, StringComparison.Ordinal);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_limit_of_steps_is_an_option_of_the_file()
    {
        var file = SpecFiles.Model.Parse(Count + "\ninference: { max_iterations: 7 }\n", "m.yaml");
        Assert.Equal(7, ((GlmLearner)file.Spec.Learner).Options.MaxIterations);
    }

    [Theory]
    [InlineData("", "HLY3502", "the file is empty")]
    [InlineData("a: [1, 2", "HLY3502", "not readable as YAML")]
    [InlineData("a: 1\na: 2\n", "HLY3502", "the key 'a' stands twice")]
    [InlineData("a: &x 1\nb: *x\n", "HLY3502", "the alias '*x' is not supported")]
    [InlineData("- 1\n- 2\n", "HLY3501", "a list where a model spec")]
    [InlineData("42\n", "HLY3501", "'42' where a model spec")]
    public void Text_that_is_no_spec_is_refused(string text, string code, string message)
    {
        var fault = Assert.Throws<HalleyException>(() => SpecFiles.Model.Parse(text, "m.yaml"));
        Assert.Equal(code, fault.Code);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        var fault = Assert.Throws<HalleyException>(() =>
            SpecFiles.Model.Parse("a: " + new string('[', 5_000) + new string(']', 5_000), "m.yaml")
        );
        Assert.Equal("HLY3503", fault.Code);
    }

    [Fact]
    public void A_file_that_is_not_utf8_is_refused_with_its_byte()
    {
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, [(byte)'a', 0xE9, (byte)'\n']);
        var fault = Assert.Throws<HalleyException>(() => SpecFiles.Model.Read(path));
        Assert.Contains("is not UTF-8 (byte 1)", fault.Message, StringComparison.Ordinal);
        File.Delete(path);
    }
}
