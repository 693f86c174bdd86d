using Halley.Boosting;
using Halley.Glm;
using Halley.Kernels;
using Halley.Models;
using Halley.Statistics;

namespace Halley.Decisions.Tests;

/// <summary>Decisions over models that were really fitted.</summary>
public sealed class FittedModelTests
{
    static readonly LevelList Brands = new(["alfa", "borg", "citra"]);

    static readonly Table Portfolio = MakePortfolio(4000);

    static readonly Dictionary<string, FittedModel> Models = new()
    {
        ["count@1"] = ModelFitter.Fit(
            new()
            {
                Name = "count",
                Target = "claims",
                Exposure = "years",
                Family = Family.Poisson,
                Derived = [new("young", "if(age < 30, 30 - age, 0)")],
                Rules = [new("brand", ValueRule.Reject, ValueRule.Reject)],
                Learner = new GlmLearner { Terms = [new FactorTerm("brand"), new NumericTerm("young")] },
            },
            Portfolio
        ),
        ["cost@1"] = ModelFitter.Fit(
            new()
            {
                Name = "cost",
                Target = "cost",
                Family = Family.Gamma,
                Where = "claims > 0",
                Learner = new BoostingLearner
                {
                    Features = ["age", "brand"],
                    Options = new BoostingOptions { Rounds = 10, MaximumLeaves = 6 },
                },
            },
            Portfolio
        ),
    };

    static readonly DecisionDefinition Quote = new()
    {
        Name = "quote",
        Inputs = new([
            new()
            {
                Name = "driver_age",
                Kind = FieldKind.Number,
                Minimum = 17,
            },
            new()
            {
                Name = "brand",
                Kind = FieldKind.Category,
                Levels = Brands,
                WhenMissing = ValueRule.Missing,
            },
        ]),
        Models =
        [
            new()
            {
                Alias = "count",
                Reference = "count@1",
                Inputs = new Dictionary<string, string> { ["age"] = "driver_age" },
            },
            new()
            {
                Alias = "cost",
                Reference = "cost@1",
                Inputs = new Dictionary<string, string> { ["age"] = "driver_age" },
            },
        ],
        Steps = [new() { Name = "premium", Expression = "count * cost" }],
        Outputs =
        [
            new()
            {
                Name = "premium",
                Kind = OutputKind.Number,
                Value = "premium",
            },
        ],
        Reasons =
        [
            new()
            {
                Name = "age",
                Field = "age",
                Model = "count",
                Text = "at {driver_age:0}; half are over {driver_age.q50:0}",
            },
            new()
            {
                Name = "brand",
                Field = "brand",
                Model = "count",
                Text = "drives a {brand}",
                Lowers = true,
            },
        ],
    };

    static Table MakePortfolio(int rows)
    {
        var random = new DeterministicRandom(3);
        var (age, brand, years, claims, cost) = (
            new double[rows],
            new int[rows],
            new double[rows],
            new double[rows],
            new double[rows]
        );
        for (var row = 0; row < rows; row++)
        {
            age[row] = 18 + random.NextInt(60);
            brand[row] = random.NextInt(3);
            years[row] = 0.5 + random.NextDouble() / 2;
            var rate = 0.3 * years[row] * Math.Exp(Math.Max(30 - age[row], 0) * 0.08 - 0.2 * brand[row]);
            claims[row] = random.NextDouble() < rate ? 1 : 0;
            cost[row] = 500 + 3000 * random.NextDouble() + 10 * age[row];
        }
        return new([
            new NumericColumn("age", age),
            new CategoricalColumn("brand", brand, Brands),
            new ExposureColumn("years", years),
            new NumericColumn("claims", claims),
            new NumericColumn("cost", cost),
        ]);
    }

    /// <summary>A model of classes and one of a distribution.</summary>
    static readonly Dictionary<string, FittedModel> Several = new()
    {
        ["kind@1"] = ModelFitter.Fit(
            new()
            {
                Name = "kind",
                Target = "brand",
                Family = Family.Gaussian,
                Learner = new BoostingLearner
                {
                    Features = ["age", "cost"],
                    Objective = BoostingObjective.Multiclass,
                    Options = new() { Rounds = 5 },
                },
            },
            Portfolio
        ),
        ["cost@1"] = ModelFitter.Fit(
            new()
            {
                Name = "cost",
                Target = "cost",
                Family = Family.Gamma,
                Learner = new BoostingLearner
                {
                    Features = ["age"],
                    Options = new() { Rounds = 5, FitsSpread = true },
                },
            },
            Portfolio
        ),
    };

    static readonly DecisionDefinition Triage = new()
    {
        Name = "triage",
        Inputs = new([new() { Name = "age", Kind = FieldKind.Number }, new() { Name = "cost", Kind = FieldKind.Number }]),
        Models = [new() { Alias = "kind", Reference = "kind@1" }, new() { Alias = "severity", Reference = "cost@1" }],
        Steps =
        [
            new() { Name = "doubt", Expression = "1 - max(kind.p_alfa, max(kind.p_borg, kind.p_citra))" },
            new() { Name = "is_alfa", Expression = "if(kind == 'alfa', 1, 0)" },
            new() { Name = "large", Expression = "if(cost > severity.q95, cost / severity.sd, 0)" },
        ],
        Outputs =
        [
            new()
            {
                Name = "doubt",
                Kind = OutputKind.Number,
                Value = "doubt",
            },
            new()
            {
                Name = "large",
                Kind = OutputKind.Number,
                Value = "large + 0 * is_alfa",
            },
        ],
    };

    [Fact]
    public void Outputs_of_classes_and_distributions_are_names_in_formulas_with_the_bits_of_a_batch()
    {
        var plan = DecisionPlan.Compile(Triage, reference => Several.GetValueOrDefault(reference));
        var records = new Table([Portfolio["age"], Portfolio["cost"]]);

        var answers = new DecisionEngine(plan).Decide(records, new() { Steps = true }).Answers;

        var kinds = Several["kind@1"].PredictAll(Portfolio, PredictMode.AtExposureOne);
        var costs = Several["cost@1"].PredictAll(Portfolio, PredictMode.AtExposureOne);
        double Of(IReadOnlyList<Column> columns, string name, int row) =>
            ((NumericColumn)columns.Single(column => column.Name == name)).Values[row];
        for (var row = 0; row < 500; row++)
        {
            var doubt = 1 - Math.Max(Of(kinds, "p_alfa", row), Math.Max(Of(kinds, "p_borg", row), Of(kinds, "p_citra", row)));
            Assert.Equal(doubt, answers.Numeric("steps.doubt").Values[row]);
            Assert.Equal(kinds[0].TextAt(row) == "alfa" ? 1.0 : 0, answers.Numeric("steps.is_alfa").Values[row]);
            var cost = Portfolio.Numeric("cost").Values[row];
            Assert.Equal(
                cost > Of(costs, "q95", row) ? cost / Of(costs, "sd", row) : 0,
                answers.Numeric("steps.large").Values[row]
            );
        }
        // Without the models the names that formulas ask for are taken for theirs.
        Assert.Empty(DecisionPlan.Validate(Triage));
        var wrong = Triage with { Steps = [new() { Name = "doubt", Expression = "kind.p_delta" }, .. Triage.Steps.Skip(1)] };
        Assert.Contains(
            DecisionPlan.Validate(wrong, reference => Several.GetValueOrDefault(reference)),
            problem => problem.Message.Contains("kind.p_delta", StringComparison.Ordinal)
        );
    }

    static DecisionDefinition WithReason(string? named, string model = "kind", bool lowers = false) =>
        Triage with
        {
            Reasons =
            [
                new()
                {
                    Name = "age",
                    Field = "age",
                    Model = model,
                    Class = named,
                    Text = "age {age:0}",
                    Reference = "60",
                    Lowers = lowers,
                },
            ],
        };

    [Fact]
    public void A_reason_about_a_class_moves_the_odds_of_that_class_against_all_others()
    {
        var records = new Table([Portfolio["age"], Portfolio["cost"]]).Take([.. Enumerable.Range(0, 60)]);
        var usual = records.With(new NumericColumn("age", [.. Enumerable.Repeat(60.0, 60)]));
        double LogOdds(Table rows, string name, int row)
        {
            var columns = Several["kind@1"].PredictAll(rows, PredictMode.AtExposureOne).Skip(1).Cast<NumericColumn>().ToList();
            var own = columns.Single(column => column.Name == $"p_{name}").Values[row];
            return Math.Log(own / columns.Where(column => column.Name != $"p_{name}").Sum(column => column.Values[row]));
        }
        var told = 0;
        foreach (var name in Brands.Levels)
        {
            var up = new DecisionEngine(
                DecisionPlan.Compile(WithReason(name), reference => Several.GetValueOrDefault(reference))
            );
            var down = new DecisionEngine(
                DecisionPlan.Compile(WithReason(name, lowers: true), reference => Several.GetValueOrDefault(reference))
            );
            for (var row = 0; row < records.RowCount; row++)
            {
                var request = FormattableString.Invariant(
                    $$"""{"age":{{records.Numeric("age").Values[row]:R}},"cost":{{records.Numeric("cost").Values[row]:R}}}"""
                );
                using var raised = up.Decide(request);
                using var lowered = down.Decide(request);
                var contribution = LogOdds(records, name, row) - LogOdds(usual, name, row);
                var reasons = (contribution > 0 ? raised : lowered).Reasons;
                Assert.Empty((contribution > 0 ? lowered : raised).Reasons);
                if (contribution == 0)
                    continue;
                Assert.Equal(contribution, Assert.Single(reasons).Contribution, 1e-12);
                told++;
            }
        }
        Assert.True(told > 60, $"{told}");
    }

    [Theory]
    [InlineData(null, "kind", "model 'kind' predicts classes. Say which one the reason is about, class: alfa, borg, citra.")]
    [InlineData("delta", "kind", "model 'kind' has no class 'delta'. It has: alfa, borg, citra.")]
    [InlineData("alfa", "severity", "model 'severity' predicts a number. Leave class: alfa out.")]
    public void A_reason_names_a_class_that_the_model_has(string? named, string model, string message) =>
        Assert.Contains(
            DecisionPlan.Validate(WithReason(named, model), reference => Several.GetValueOrDefault(reference)),
            problem => problem.Message.Contains(message, StringComparison.Ordinal)
        );

    static DecisionEngine Engine(DecisionDefinition definition) =>
        new(DecisionPlan.Compile(definition, reference => Models.GetValueOrDefault(reference)));

    [Fact]
    public void Models_inside_a_decision_predict_the_same_bits_as_alone()
    {
        var records = new Table([Portfolio["age"].Rename("driver_age"), Portfolio["brand"]]);
        var answers = Engine(Quote).Decide(records, new() { Steps = true }).Answers;
        foreach (var (name, alias) in new[] { ("count@1", "count"), ("cost@1", "cost") })
        {
            var alone = (NumericColumn)Models[name].Predict(Portfolio, PredictMode.AtExposureOne);
            Assert.Equal(alone.Values.ToArray(), answers.Numeric($"steps.{alias}").Values.ToArray());
            var raw = (NumericColumn)Models[name].Predict(Portfolio, PredictMode.Raw);
            Assert.Equal(raw.Values.ToArray(), answers.Numeric($"steps.{alias}.score").Values.ToArray());
        }
    }

    [Fact]
    public void Trees_on_top_of_another_model_decide_live_as_in_the_batch_by_the_rules_of_both()
    {
        var corrected = ModelFitter.Fit(
            new()
            {
                Name = "corrected",
                Target = "claims",
                Exposure = "years",
                Family = Family.Poisson,
                OffsetModel = new() { Model = "count" },
                Learner = new BoostingLearner
                {
                    Features = ["age"],
                    Options = new BoostingOptions { Rounds = 10, MaximumLeaves = 6 },
                },
            },
            Portfolio,
            options: new() { OffsetModel = Models["count@1"] }
        );
        var definition = Quote with { Models = [Quote.Models[0] with { Reference = "corrected@1" }, Quote.Models[1]] };
        var engine = new DecisionEngine(
            DecisionPlan.Compile(
                definition,
                reference => reference == "corrected@1" ? corrected : Models.GetValueOrDefault(reference)
            )
        );
        var rows = Portfolio.Take([.. Enumerable.Range(0, 200)]);
        var records = new Table([rows["age"].Rename("driver_age"), rows["brand"]]);
        var batch = engine.Decide(records, new() { Steps = true }).Answers;
        var alone = corrected.Predict(rows, PredictMode.AtExposureOne).Values;
        Assert.NotEqual(Models["count@1"].Predict(rows, PredictMode.AtExposureOne).Values.ToArray(), alone.ToArray());
        for (var row = 0; row < rows.RowCount; row++)
        {
            Assert.Equal(alone[row], batch.Numeric("steps.count").Values[row]);
            using var answer = engine.Decide(
                $$"""{"brand":"{{rows["brand"].TextAt(row)}}","driver_age":{{rows["age"].TextAt(row)}}}"""
            );
            Assert.Equal(batch.Numeric("premium").Values[row], answer.Output("premium"));
        }
        // The trees do not read the brand; the model below does, and refuses a missing one.
        using var refused = engine.Decide("""{"driver_age":40,"brand":null}""");
        Assert.Contains("HLY1207: field 'brand'", Assert.Single(refused.Failures).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Live_answers_have_the_bits_of_the_batch()
    {
        var engine = Engine(Quote);
        var records = new Table([Portfolio["age"].Rename("driver_age"), Portfolio["brand"]]).Take([.. Enumerable.Range(0, 300)]);
        var batch = engine.Decide(records).Answers.Numeric("premium").Values;
        for (var row = 0; row < records.RowCount; row++)
        {
            var record = $$"""{"brand":"{{records["brand"].TextAt(row)}}","driver_age":{{records["driver_age"].TextAt(row)}}}""";
            using var answer = engine.Decide(record);
            Assert.Equal(batch[row], answer.Output("premium"));
        }
    }

    [Fact]
    public void Reasons_speak_of_what_was_usual_when_the_model_was_fitted()
    {
        using var young = Engine(Quote).Decide("""{"driver_age":19,"brand":"alfa"}""");
        var median = Models["count@1"].ProfileOf("age")!.Quantile(0.5);
        Assert.Equal($"at 19; half are over {median:F0}", young.Reasons[0].Sentence);
        // The typical driver is over 30, where age no longer counts: 11 years too young, at the fitted slope.
        var slope = (Score("alfa", 19) - Score("alfa", 25)) / 6;
        Assert.Equal(11 * slope, young.Reasons[0].Contribution, 1e-9);
        Assert.Equal(0.08, slope, 0.03);
    }

    static double Score(string brand, double age)
    {
        var row = new Table([new NumericColumn("age", [age]), new CategoricalColumn("brand", [Brands.CodeOf(brand)], Brands)]);
        return ((NumericColumn)Models["count@1"].Predict(row, PredictMode.Raw)).Values[0];
    }

    [Fact]
    public void A_value_that_a_models_rule_rejects_is_a_failure_of_that_model()
    {
        using var answer = Engine(Quote).Decide("""{"driver_age":40,"brand":null}""");
        Assert.Equal(AnswerSource.Refer, answer.Source);
        Assert.Equal(
            "model 'count' (count@1): HLY1207: field 'brand', row 1: the value is missing, and its rule for missing values is to reject. "
                + "Fill it in, or declare another rule",
            Assert.Single(answer.Failures).ToString()
        );
    }

    [Fact]
    public void A_level_that_the_model_never_saw_fails_only_when_it_comes()
    {
        var wider = Quote with
        {
            Inputs = new([Quote.Inputs.Fields[0], Quote.Inputs.Fields[1] with { Levels = new(["citra", "dax", "alfa"]) }]),
            Reasons = [],
        };
        using var unseen = Engine(wider).Decide("""{"driver_age":40,"brand":"dax"}""");
        Assert.Contains(
            "the level 'dax' was not known when the model was fitted",
            unseen.Failures[0].Why,
            StringComparison.Ordinal
        );
        using var seen = Engine(wider).Decide("""{"driver_age":40,"brand":"citra"}""");
        using var narrow = Engine(Quote).Decide("""{"driver_age":40,"brand":"citra"}""");
        Assert.Equal(narrow.Output("premium"), seen.Output("premium"));
    }

    [Fact]
    public void What_a_model_lacks_is_told_when_the_definition_is_checked() =>
        Assert.Equal(
            "HLY4013: model 'count' (count@1): it needs field 'age', which is neither an input nor a step. Add it, or give it a formula under the model's inputs.",
            string.Join(
                "\n",
                DecisionPlan.Validate(
                    Quote with
                    {
                        Models = [new() { Alias = "count", Reference = "count@1" }, Quote.Models[1]],
                        Reasons = [],
                    },
                    reference => Models.GetValueOrDefault(reference)
                )
            )
        );
}
