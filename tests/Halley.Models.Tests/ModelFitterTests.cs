using Halley.Data;
using Halley.Glm;
using Halley.Statistics;

namespace Halley.Models.Tests;

public class ModelFitterTests
{
    [Fact]
    public void Errors_by_cluster_read_a_column_that_the_model_does_not_serve()
    {
        var glm = (GlmLearner)Specs.Glm.Learner;
        var spec = Specs.Glm with
        {
            Learner = glm with
            {
                Options = new() { Errors = Glm.ErrorKind.Clustered, Cluster = "id" },
            },
        };

        var (plain, clustered) = (ModelFitter.Fit(Specs.Glm, Portfolio.Make(600)), ModelFitter.Fit(spec, Portfolio.Make(600)));

        Assert.DoesNotContain(clustered.Inputs.Fields, field => field.Name == "id");
        foreach (var (one, other) in plain.Header.Relativities.Zip(clustered.Header.Relativities))
        {
            Assert.Equal(one.Coefficient, other.Coefficient);
            Assert.True(one.StandardError is null || one.StandardError != other.StandardError);
        }
    }

    static readonly Table Rows = Portfolio.Make(4000);

    static string Refusal(ModelSpec spec, Table? table = null) =>
        Assert.Throws<HalleyException>(() => ModelFitter.Fit(spec, table ?? Rows)).Message;

    [Fact]
    public void A_glm_finds_the_known_relativities_and_shows_them()
    {
        var model = ModelFitter.Fit(
            Specs.Glm with
            {
                Learner = new GlmLearner { Terms = [new FactorTerm("brand") { Base = "Alfa" }] },
            },
            Portfolio.Make(60_000)
        );
        var brands = model.Header.Relativities.Where(line => line.Factor == "brand").ToList();
        Assert.Equal(Portfolio.Brands.Levels, brands.Select(line => line.Level));
        Assert.True(brands[0].IsBase);
        Assert.Equal(1, brands[0].Value);
        Assert.Null(brands[0].Lower);
        for (var level = 1; level < 4; level++)
        {
            Assert.InRange(brands[level].Coefficient, 0.3 * level - 0.08, 0.3 * level + 0.08);
            Assert.Equal(Math.Exp(brands[level].Coefficient), brands[level].Value, 12);
            Assert.Equal(
                Math.Exp(brands[level].Coefficient - 1.959964 * brands[level].StandardError!.Value),
                brands[level].Lower!.Value,
                6
            );
            Assert.True(brands[level].Upper > brands[level].Value);
        }
        var years = model.Metrics.Single(part => part.Part == DataPart.Learn).Exposure!.Value;
        Assert.Equal(years, brands.Sum(line => line.Exposure!.Value), 6);
    }

    [Fact]
    public void A_penalised_glm_chooses_its_strength_on_rows_held_out_by_id()
    {
        var spec = Specs.Glm with
        {
            Learner = new GlmLearner
            {
                Terms = [new FactorTerm("brand") { Base = "Alfa" }, new FactorTerm("old"), new NumericTerm("young")],
                Options = new()
                {
                    Penalty = new()
                    {
                        PathLength = 12,
                        Folds = new() { Keys = ["id"], Count = 4 },
                    },
                },
            },
        };
        var model = ModelFitter.Fit(spec, Rows);
        var learn = model.Metrics.Single(part => part.Part == DataPart.Learn);

        Assert.True(model.Header.Converged);
        Assert.True(learn["penaltyStrength"] > 0);
        Assert.InRange(learn["parameters"]!.Value, 1, 6);
        Assert.StartsWith("penalised fit: strength ", model.Header.Advice, StringComparison.Ordinal);
        Assert.All(model.Header.Relativities, line => Assert.Null(line.StandardError));
    }

    [Fact]
    public void Boosting_says_which_features_it_used()
    {
        var importance = ModelFitter.Fit(Specs.Boosting, Rows).Header.Importance;
        Assert.Equal(["age", "brand", "garage", "young"], importance.Select(line => line.Feature).Order());
        Assert.Equal(1, importance.Sum(line => line.Share), 9);
        Assert.Equal(importance.OrderByDescending(line => line.Share), importance);
        Assert.True(
            importance.Single(line => line.Feature == "brand").Share > importance.Single(line => line.Feature == "garage").Share
        );
    }

    [Fact]
    public void Parts_are_measured_with_the_exposure_inside()
    {
        var model = ModelFitter.Fit(Specs.Glm, Rows);
        Assert.Equal([DataPart.Learn, DataPart.Test], model.Metrics.Select(part => part.Part));
        var test = Rows.Where(row => Rows["part"].TextAt(row) == "test");
        var metrics = model.Metrics[1];
        Assert.Equal(test.RowCount, metrics.Rows);
        Assert.Equal(test.Exposure("years").Years.ToArray().Sum(), metrics.Exposure!.Value, 9);
        Assert.Equal(test.Numeric("claims").Values.ToArray().Sum(), metrics.Actual, 9);
        var mu = model.Predict(test, PredictMode.ExposureApplied).Values.ToArray();
        Assert.Equal(mu.Sum(), metrics.Predicted, 9);
        var deviance = test.Numeric("claims")
            .Values.ToArray()
            .Zip(mu, (y, m) => 2 * ((y > 0 ? y * Math.Log(y / m) : 0) - y + m))
            .Average();
        Assert.Equal(deviance, metrics["deviance"]!.Value, 12);
        // A GLM with a constant balances the rows that it learnt from.
        Assert.Equal(model.Metrics[0].Actual, model.Metrics[0].Predicted, 6);
    }

    [Fact]
    public void As_a_rate_with_a_weight_the_same_poisson_model_comes_out()
    {
        var total = ModelFitter.Fit(Specs.Glm, Rows);
        var rate = ModelFitter.Fit(Specs.Glm with { ExposureUse = ExposureUse.Rate }, Rows);
        var a = total.Predict(Rows, PredictMode.ExposureApplied).Values;
        var b = rate.Predict(Rows, PredictMode.ExposureApplied).Values;
        for (var row = 0; row < Rows.RowCount; row++)
            Assert.Equal(a[row], b[row], 9);
        Assert.Equal(total.Metrics[1].Actual, rate.Metrics[1].Actual, 9);
        Assert.Equal(total.Metrics[1].Predicted, rate.Metrics[1].Predicted, 6);
        Assert.Equal(total.Metrics[1]["gini"]!.Value, rate.Metrics[1]["gini"]!.Value, 6);
        Assert.Equal(total.Metrics[1]["devianceExplained"]!.Value, rate.Metrics[1]["devianceExplained"]!.Value, 6);
    }

    [Fact]
    public void A_filter_on_a_derived_feature_leaves_rows_out_before_rules_refuse_them()
    {
        var strict = Specs.Glm with { Rules = [new("age", ValueRule.Reject)] };
        Assert.Contains("HLY3407", Refusal(strict), StringComparison.Ordinal);
        var model = ModelFitter.Fit(strict with { Where = "not is_missing(age) and claims < 2" }, Rows);
        Assert.Equal(Rows.RowCount - Rows["age"].MissingCount, model.Metrics.Sum(part => part.Rows));
        Assert.Contains(
            "field 'age', row",
            Assert.Throws<HalleyException>(() => model.Predict(Rows, PredictMode.Raw)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_derived_target_of_yes_and_no_is_one_and_zero()
    {
        var spec = Specs.Boosting with
        {
            Name = "large",
            Target = "large",
            Exposure = null,
            Family = Family.Binomial,
            Where = "claims > 0",
            Derived = [new("large", "cost > 1500")],
            Learner = new BoostingLearner
            {
                Features = ["brand"],
                Options = new() { Rounds = 3 },
            },
        };
        var model = ModelFitter.Fit(spec, Rows);
        var large = Rows.Numeric("cost").Values.ToArray().Count(cost => cost > 1500);
        Assert.Equal(large, model.Metrics.Sum(part => part.Actual));
        Assert.Equal(["brand"], model.Inputs.Fields.Select(field => field.Name));
        Assert.NotNull(model.Metrics[0]["auc"]);
        Assert.All(model.Predict(Rows, PredictMode.ExposureApplied).Values.ToArray(), p => Assert.InRange(p, 0, 1));
    }

    [Fact]
    public void A_capped_target_keeps_its_total_where_the_excess_is_spread()
    {
        var spec = Specs.Glm with
        {
            Target = "cost",
            Exposure = null,
            Family = Family.Gamma,
            Link = Link.Log,
            Where = "claims > 0",
            Derived = [],
            Learner = new GlmLearner { Terms = [new FactorTerm("brand")] },
            Split = null,
        };
        var total = Rows.Numeric("cost").Values.ToArray().Sum();
        var spread = ModelFitter.Fit(spec with { Cap = new(1000) }, Rows);
        Assert.Equal(total, spread.Metrics[0].Actual, 6);
        Assert.True(spread.Header.TargetFactor > 1.1);
        var dropped = ModelFitter.Fit(spec with { Cap = new(1000, CapExcess.Drop) }, Rows);
        Assert.Equal(Rows.Numeric("cost").Values.ToArray().Sum(cost => Math.Min(cost, 1000)), dropped.Metrics[0].Actual, 6);
        Assert.Equal(1, dropped.Header.TargetFactor);
    }

    [Fact]
    public void An_offset_column_is_fitted_and_served()
    {
        var known = new double[Rows.RowCount];
        for (var row = 0; row < known.Length; row++)
            known[row] = row % 2 == 0 ? 0 : 1;
        var table = Rows.With(new NumericColumn("known", known));
        var model = ModelFitter.Fit(Specs.Glm with { Offset = "known" }, table);
        Assert.Equal(Role.Offset, model.Inputs.Find("known")!.Role);
        var raw = model.Predict(table, PredictMode.Raw).Values;
        var one = model.Predict(table, PredictMode.AtExposureOne).Values;
        for (var row = 0; row < 100; row++)
            Assert.Equal(Math.Exp(raw[row] + known[row]), one[row], 12);
        Assert.Equal(model.Metrics[0].Actual, model.Metrics[0].Predicted, 6);
    }

    [Fact]
    public void Inputs_carry_units_and_ranges_of_the_declared_schema()
    {
        var declared = new Schema([
            new Field
            {
                Name = "age",
                Kind = FieldKind.Number,
                Unit = "years",
                Minimum = 18,
                Whole = true,
            },
        ]);
        var age = ModelFitter.Fit(Specs.Boosting, Rows, declared).Inputs.Find("age")!;
        Assert.Equal("years", age.Unit);
        Assert.Equal(18, age.Minimum);
        Assert.True(age.Whole);
    }

    [Fact]
    public void Columns_that_are_not_there_are_all_named() =>
        Assert.Contains(
            "HLY3402: the data have no column 'age', 'claims', which model",
            Refusal(Specs.Glm, Rows.Without("age", "claims")),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_derived_feature_may_not_hide_a_column() =>
        Assert.Contains(
            "HLY3401: derived feature 'cost' has the name of a column",
            Refusal(Specs.Glm with { Derived = [new("cost", "1 + age")] }),
            StringComparison.Ordinal
        );

    [Fact]
    public void Text_and_exposure_are_no_features()
    {
        var spec = Specs.Boosting with
        {
            Derived = [new("young", "years + 1")],
            Learner = new BoostingLearner { Features = ["id", "young"] },
        };
        var message = Refusal(spec);
        Assert.Contains("'id' is text: declare it a category", message, StringComparison.Ordinal);
        Assert.Contains("'years' is exposure, which is no feature", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_that_is_no_number_is_refused_with_a_remedy() =>
        Assert.Contains(
            "HLY3404: target column 'part' is of kind category; a target is a number or true and false. Derive one",
            Refusal(Specs.Glm with { Target = "part", Split = null }),
            StringComparison.Ordinal
        );

    [Fact]
    public void All_bad_values_are_told_at_once_by_the_rows_of_the_data()
    {
        var small = Portfolio.Make(50).Where(row => row % 5 != 4);
        var claims = small.Numeric("claims").Values.ToArray();
        var years = small.Exposure("years").Years.ToArray();
        var age = Enumerable.Repeat(40.0, small.RowCount).ToArray();
        var weight = Enumerable.Repeat(1.0, small.RowCount).ToArray();
        (claims[7], claims[9], claims[11]) = (double.NaN, -1, -2);
        (years[12], weight[13], age[14]) = (0, -0.5, double.NaN);
        // Rows that the filter drops do not count, and do not shift the numbers of those after them.
        (claims[0], age[0]) = (double.NaN, 99);
        var table = small
            .With(new NumericColumn("claims", claims))
            .With(new NumericColumn("years", years))
            .With(new NumericColumn("age", age))
            .With(new NumericColumn("w", weight));
        var spec = Specs.Glm with { Weight = "w", Where = "is_missing(age) or age < 99", Split = null };
        var message = Refusal(spec, table);
        Assert.StartsWith("HLY3407: the data do not fit model 'claim-count-glm'. ", message, StringComparison.Ordinal);
        foreach (
            var told in new[]
            {
                "target 'claims': 1 row is missing, the first is row 8;",
                "target 'claims': 2 rows are outside y ≥ 0, the first is row 10 (-1);",
                "exposure 'years': 1 row is not a number of years above 0, the first is row 13 (0);",
                "weight 'w': 1 row is not a number of at least 0, the first is row 14 (-0.5).",
                "leave them out with the spec's 'where'",
            }
        )
            Assert.Contains(told, message, StringComparison.Ordinal);
        Assert.Contains(
            "input 'age', whose rule is to reject: 1 row is missing, the first is row 15.",
            Refusal(spec with { Rules = [new("age", ValueRule.Reject)] }, table),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Nothing_to_learn_on_is_told() =>
        Assert.Contains(
            "HLY3405: model 'claim-count-glm' has no rows to learn on: of 4000 rows, filter and split leave 0",
            Refusal(Specs.Glm with { Where = "claims > 5" }),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_bad_spec_is_refused_before_the_data_are_touched() =>
        Assert.StartsWith("HLY3001", Refusal(Specs.Glm with { Name = "" }, new Table([])), StringComparison.Ordinal);

    [Fact]
    public void Cancelling_stops_the_fit()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => ModelFitter.Fit(Specs.Boosting, Rows, cancellation: source.Token));
    }
}
