using System.Text.Json.Nodes;
using Halley.Data;
using Halley.Statistics;

namespace Halley.Models.Tests;

public class EvaluationTests
{
    static readonly Table Rows = Portfolio.Make(6000);
    static readonly FittedModel Model = ModelFitter.Fit(Specs.Glm, Rows);
    static readonly Evaluation Test = Evaluation.Of(
        Model,
        Rows,
        new() { Replicates = 60, Factors = ["brand", "age", "garage", "start", "old"] }
    );

    [Fact]
    public void Totals_and_figures_are_those_of_the_fit()
    {
        var part = Model.Metrics.Single(metrics => metrics.Part == DataPart.Test);
        Assert.Equal(part.Rows, Test.Rows);
        Assert.Equal(part.Exposure, Test.Exposure);
        Assert.Equal(part.Actual, Test.Actual);
        Assert.Equal(part.Predicted, Test.Predicted);
        Assert.Equal(part.Values, Test.Metrics);
        Assert.Equal(Test.Actual / Test.Predicted, Test.ActualExpected!.Value, 12);
        Assert.True(
            Test.ActualExpected.Lower < Test.ActualExpected.Value && Test.ActualExpected.Value < Test.ActualExpected.Upper
        );
        Assert.Equal(Test["gini"], Test.Gini!.Value);
        Assert.True(Test.Gini.Lower < Test.Gini.Value);
        Assert.Null(Test["auc"]);
    }

    [Fact]
    public void Bands_hold_equal_exposure_and_add_up()
    {
        Assert.InRange(Test.Lift.Count, 6, 10);
        Assert.Equal(Test.Exposure!.Value, Test.Lift.Sum(band => band.Exposure), 8);
        Assert.Equal(Test.Actual, Test.Lift.Sum(band => band.Actual), 8);
        Assert.Equal(Test.Predicted, Test.Lift.Sum(band => band.Expected), 8);
        Assert.True(Test.Lift[^1].Expected / Test.Lift[^1].Exposure > 1.5 * Test.Lift[0].Expected / Test.Lift[0].Exposure);
        Assert.Equal(new CurvePoint(0, 0), Test.Lorenz[0]);
        Assert.Equal(new CurvePoint(1, 1), Test.Lorenz[^1]);
    }

    [Fact]
    public void Every_factor_adds_up_to_the_whole()
    {
        Assert.Equal(["brand", "age", "garage", "start", "old"], Test.Factors.Select(factor => factor.Factor));
        Assert.Equal([true, false, false, false, true], Test.Factors.Select(factor => factor.InModel));
        foreach (var factor in Test.Factors)
        {
            Assert.Equal(Test.Rows, factor.Levels.Sum(level => level.Rows));
            Assert.Equal(Test.Actual, factor.Levels.Sum(level => level.Actual), 8);
            Assert.Equal(Test.Exposure!.Value, factor.Levels.Sum(level => level.Exposure), 8);
        }
        Assert.Equal(Portfolio.Brands.Levels, Test.Factors[0].Levels.Select(level => level.Level));
        var ages = Test.Factors[1].Levels;
        // Missing ages were replaced by the model's rule before they were grouped.
        Assert.DoesNotContain(ages, level => level.Level == "(missing)");
        Assert.StartsWith("< ", ages[0].Level, StringComparison.Ordinal);
        Assert.StartsWith(">= ", ages[^1].Level, StringComparison.Ordinal);
        Assert.InRange(ages.Count, 9, 12);
        Assert.Contains(Test.Factors[2].Levels, level => level.Level == "(missing)");
        Assert.Matches(@"^\[20\d\d-\d\d-\d\d, 20\d\d-\d\d-\d\d\)$", Test.Factors[3].Levels[1].Level);
    }

    [Fact]
    public void A_model_measured_where_it_learnt_is_calibrated()
    {
        var learn = Evaluation.Of(Model, Rows, new() { Part = DataPart.Learn, Replicates = 20 });
        Assert.Equal(0, learn.Calibration!.Intercept!.Value, 5);
        Assert.Equal(1, learn.Calibration.Slope!.Value, 5);
        Assert.True(learn.Calibration.Converged);
    }

    [Fact]
    public void Every_row_can_be_measured_whatever_the_split()
    {
        var fresh = Portfolio.Make(500, seed: 70).Without("part");
        var all = Evaluation.Of(Model, fresh, new() { Part = null, Replicates = 20 });
        Assert.Equal(500, all.Rows);
        Assert.Null(all.Part);
    }

    [Fact]
    public void A_part_without_rows_is_told()
    {
        var problem = Assert.Throws<HalleyException>(() => Evaluation.Of(Model, Rows, new() { Part = DataPart.Validation }));
        Assert.Equal("HLY3507", problem.Code);
        Assert.Contains("its split leaves no validation rows", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_options_are_all_told()
    {
        var message = Assert
            .Throws<HalleyException>(() =>
                Evaluation.Of(
                    Model,
                    Rows,
                    new()
                    {
                        Bands = 1,
                        FactorBands = 0,
                        Level = 1,
                        Replicates = 3,
                    }
                )
            )
            .Message;
        foreach (var told in new[] { "HLY3509", "bands: 1", "factor bands: 0", "level: 1", "replicates: 3" })
            Assert.Contains(told, message, StringComparison.Ordinal);
        Assert.Contains(
            "HLY3508: factor 'id' is text",
            Assert.Throws<HalleyException>(() => Evaluation.Of(Model, Rows, new() { Factors = ["id"] })).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Threads_change_no_figure()
    {
        var one = Evaluation.Of(Model, Rows, new() { Replicates = 30, Threads = 1 }).ToJson();
        Assert.Equal(one, Evaluation.Of(Model, Rows, new() { Replicates = 30, Threads = 4 }).ToJson());
        Assert.NotNull(JsonNode.Parse(one)!["lift"]![0]!["ratio"]!["lower"]);
    }

    [Fact]
    public void Yes_and_no_targets_get_their_own_figures()
    {
        var spec = Specs.Glm with
        {
            Target = "claimed",
            Exposure = null,
            Family = Family.Binomial,
            Derived = [.. Specs.Glm.Derived, new("claimed", "claims > 0")],
        };
        var evaluation = Evaluation.Of(ModelFitter.Fit(spec, Rows), Rows, new() { Replicates = 20 });
        Assert.InRange(evaluation["auc"]!.Value, 0.52, 0.9);
        // The normalised Gini of a yes/no target is 2·AUC − 1.
        Assert.Equal(2 * evaluation["auc"]!.Value - 1, evaluation["gini"]!.Value, 10);
        foreach (var name in new[] { "averagePrecision", "logLoss", "brier" })
            Assert.InRange(evaluation[name]!.Value, 0.01, 1);
    }
}
