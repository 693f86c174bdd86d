using Halley.Data;

namespace Halley.Models.Tests;

/// <summary>Residuals of a saved model are those of its fit, and those of an evaluation of the same rows.</summary>
public class ModelResidualsTests
{
    static readonly Table Rows = Portfolio.Make(3000);
    static readonly FittedModel Model = ModelFitter.Fit(Specs.Glm, Rows);
    static readonly ModelResiduals Residuals = ModelResiduals.Of(Model, Rows);

    [Fact]
    public void Each_learn_row_stands_in_the_table_with_its_own_figures()
    {
        var table = Residuals.ToTable();
        Assert.Equal(Model.Metrics[0].Rows, table.RowCount);
        Assert.Equal(
            [
                "row",
                "linear_predictor",
                "fitted",
                "response_residual",
                "pearson_residual",
                "deviance_residual",
                "working_residual",
                "anscombe_residual",
                "working_weight",
                "leverage",
                "standardised_pearson",
                "standardised_deviance",
                "studentised_residual",
                "cooks_distance",
                "dffits",
            ],
            table.Columns.Skip(Rows.Columns.Count).Select(column => column.Name)
        );
        var fitted = Model.Predict(Rows, PredictMode.ExposureApplied).Values;
        var claims = Rows.Numeric("claims").Values;
        for (var i = 0; i < table.RowCount; i++)
        {
            var row = (int)table.Numeric("row").Values[i] - 1;
            Assert.Equal(fitted[row], table.Numeric("fitted").Values[i], 1e-12);
            Assert.Equal(claims[row] - fitted[row], table.Numeric("response_residual").Values[i], 1e-12);
            Assert.Equal(Rows["id"].TextAt(row), table["id"].TextAt(i));
        }
        // The hat matrix is a projection: its trace is the number of coefficients.
        Assert.Equal(Model.Metrics[0]["parameters"]!.Value, table.Numeric("leverage").Values.ToArray().Sum(), 1e-9);
    }

    [Fact]
    public void Levels_and_groups_are_those_of_an_evaluation_on_the_same_rows()
    {
        var evaluation = Evaluation.Of(
            Model,
            Rows,
            new()
            {
                Part = DataPart.Learn,
                Factors = ["brand"],
                Replicates = 20,
            }
        );
        var levels = Residuals.CrunchedBy("brand");
        Assert.Equal(evaluation.Factors[0].Levels.Select(level => level.Level), levels.Select(level => level.Key));
        for (var i = 0; i < levels.Count; i++)
        {
            Assert.Equal(evaluation.Factors[0].Levels[i].Residual!.Value, levels[i].Value.Residual, 1e-9);
            // A factor of the model is fitted: what its levels claimed is what they were fitted.
            Assert.Equal(0, levels[i].Value.Residual, 1e-6);
        }
        Assert.Equal(evaluation.Actual, evaluation.Residuals.Sum(group => group.Actual), 1e-9);
        Assert.Equal(evaluation.Predicted, evaluation.Residuals.Sum(group => group.Expected), 1e-9);
        Assert.Equal(evaluation.Actual, Residuals.Crunched(10).Sum(group => group.Observed), 1e-9);
        var rates = evaluation.Residuals.Select(group => group.Expected / group.Exposure).ToList();
        Assert.Equal(rates.Order(), rates);
        Assert.Contains(Residuals.CrunchedBy("garage"), level => level.Key == "true" && Math.Abs(level.Value.Residual) > 1e-3);
    }

    [Fact]
    public void A_column_of_the_data_that_has_a_figures_name_is_kept()
    {
        var rows = Rows.With(new NumericColumn("leverage", new double[Rows.RowCount]));
        var table = ModelResiduals.Of(Model, rows).ToTable();
        Assert.All(table.Numeric("leverage").Values.ToArray(), value => Assert.Equal(0, value));
        Assert.True(table.Numeric("leverage_2").Values[0] > 0);
    }

    [Fact]
    public void A_penalised_fit_has_residuals_and_no_leverage()
    {
        var glm = (GlmLearner)Specs.Glm.Learner;
        var model = ModelFitter.Fit(
            Specs.Glm with
            {
                Learner = glm with { Options = new() { Penalty = new() { Strength = 0.001 } } },
            },
            Rows
        );
        var table = ModelResiduals.Of(model, Rows).ToTable();
        Assert.True(table.Has("deviance_residual"));
        Assert.False(table.Has("leverage"));
        Assert.False(table.Has("cooks_distance"));
    }

    [Fact]
    public void Trees_and_other_data_are_refused()
    {
        var trees = ModelFitter.Fit(Specs.Boosting, Rows);
        Assert.Equal("HLY3490", Assert.Throws<HalleyException>(() => ModelResiduals.Of(trees, Rows)).Code);
        Assert.Equal(
            "HLY3461",
            Assert.Throws<HalleyException>(() => ModelResiduals.Of(Model, Portfolio.Make(3000, seed: 5))).Code
        );
    }
}
