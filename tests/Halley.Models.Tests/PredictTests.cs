using CsCheck;
using Halley.Data;
using Halley.Data.Expressions;

namespace Halley.Models.Tests;

public class PredictTests
{
    static readonly FittedModel Model = ModelFitter.Fit(Specs.Boosting, Portfolio.Make(800));

    static readonly FittedModel Glm = ModelFitter.Fit(Specs.Glm, Portfolio.Make(800));

    [Fact]
    public void Batch_on_any_number_of_threads_and_one_live_row_give_the_same_bits() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 20_000], Gen.Int[1, 6], Gen.Bool)
            .Sample(
                (seed, rows, threads, trees) =>
                {
                    var model = trees ? Model : Glm;
                    var table = Portfolio.Make(rows, seed);
                    var batch = model.Predict(table, PredictMode.AtExposureOne, threads).Values;
                    var raw = model.Predict(table, PredictMode.Raw, 1).Values;
                    var live = LivePlan(model, table, out var slots, out var inputs);
                    var block = new SlotBlock(live.SlotCount, capacity: 1);
                    for (var row = 0; row < rows; row += 1 + rows / 50)
                    {
                        inputs.Fill(block, row, 1);
                        live.Run(block);
                        if (
                            !SameBits(block[slots.Prediction.Index][0], batch[row])
                            || !SameBits(block[slots.Raw.Index][0], raw[row])
                        )
                            return false;
                    }
                    return true;
                },
                iter: 20
            );

    [Fact]
    public void Modes_differ_by_exposure_and_link_alone()
    {
        var table = Portfolio.Make(300, seed: 3);
        var years = table.Exposure("years").Years;
        var raw = Model.Predict(table, PredictMode.Raw);
        var one = Model.Predict(table, PredictMode.AtExposureOne);
        var applied = Model.Predict(table, PredictMode.ExposureApplied);
        Assert.Equal("score", raw.Name);
        Assert.Equal("prediction", applied.Name);
        for (var row = 0; row < table.RowCount; row++)
        {
            Assert.Equal(Math.Exp(raw.Values[row]), one.Values[row], 1e-12);
            Assert.Equal(one.Values[row] * years[row], applied.Values[row]);
        }
    }

    [Fact]
    public void Columns_in_another_order_and_with_other_level_codes_give_the_same_predictions()
    {
        var table = Portfolio.Make(200, seed: 5);
        var turned = new LevelList(["Daf", "Citroen", "Borgward", "Alfa"]);
        var brand = table.Categorical("brand");
        var codes = brand.Codes.ToArray().Select(code => 3 - code).ToArray();
        var other = new Table([new CategoricalColumn("brand", codes, turned), .. table.Without("brand").Columns.Reverse()]);
        Assert.Equal(
            Model.Predict(table, PredictMode.ExposureApplied).Values.ToArray(),
            Model.Predict(other, PredictMode.ExposureApplied).Values.ToArray()
        );
    }

    [Fact]
    public void A_level_that_was_not_there_follows_the_rule()
    {
        var table = Portfolio.Make(50, seed: 5).With(new CategoricalColumn("brand", new int[50], new(["Edsel"])));
        // Boosting takes it as missing by default.
        var asMissing = Portfolio
            .Make(50, seed: 5)
            .With(new CategoricalColumn("brand", [.. Enumerable.Repeat(-1, 50)], Portfolio.Brands));
        Assert.Equal(
            Model.Predict(asMissing, PredictMode.Raw).Values.ToArray(),
            Model.Predict(table, PredictMode.Raw).Values.ToArray()
        );
        var strict = ModelFitter.Fit(
            Specs.Boosting with
            {
                Rules = [new("brand", WhenUnseen: ValueRule.Reject)],
            },
            Portfolio.Make(400)
        );
        var problem = Assert.Throws<HalleyException>(() => strict.Predict(table, PredictMode.Raw));
        Assert.Contains(
            "field 'brand': 50 rows have levels that the model has not learned, first row 1 of the data: 'Edsel'",
            problem.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Missing_columns_are_all_named()
    {
        var problem = Assert.Throws<HalleyException>(() =>
            Model.Predict(Portfolio.Make(5).Without("age", "brand"), PredictMode.Raw)
        );
        Assert.Equal("HLY3301", problem.Code);
        Assert.Contains("'age', 'brand'", problem.Message, StringComparison.Ordinal);
        var exposure = Assert.Throws<HalleyException>(() =>
            Model.Predict(Portfolio.Make(5).Without("years"), PredictMode.ExposureApplied)
        );
        Assert.Contains("HLY3303: the data have no exposure column 'years'", exposure.Message, StringComparison.Ordinal);
        Assert.Equal(5, Model.Predict(Portfolio.Make(5).Without("years"), PredictMode.AtExposureOne).RowCount);
    }

    [Fact]
    public void A_column_of_another_kind_is_named()
    {
        var table = Portfolio.Make(5).With(new CategoricalColumn("age", new int[5], new(["thirty"])));
        var problem = Assert.Throws<HalleyException>(() => Model.Predict(table, PredictMode.Raw));
        Assert.Equal("HLY1203", problem.Code);
        Assert.Contains("field 'age' is of kind category where number is needed", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_table_has_no_predictions() =>
        Assert.Equal(0, Model.Predict(Portfolio.Make(1).Take([]), PredictMode.ExposureApplied).RowCount);

    [Fact]
    public void A_model_embedded_twice_in_one_plan_gives_its_answer_twice()
    {
        var table = Portfolio.Make(64, seed: 2);
        var builder = new PlanBuilder();
        var scope = new Dictionary<string, SlotRef>(StringComparer.Ordinal);
        var inputs = TableInputs.Bind(builder, table, Model.ScoreInputs.Fields.Select(field => field.Name), scope);
        var first = Model.Emit(builder, scope);
        var second = Model.Emit(builder, scope);
        var expected = Model.Predict(table, PredictMode.AtExposureOne).Values.ToArray();
        inputs.Run(
            builder.Build(),
            table.RowCount,
            block =>
            {
                Assert.Equal(expected, block[first.Prediction.Index].ToArray());
                Assert.Equal(expected, block[second.Prediction.Index].ToArray());
            }
        );
    }

    static SlotPlan LivePlan(FittedModel model, Table table, out ModelSlots slots, out TableInputs inputs)
    {
        var builder = new PlanBuilder();
        var scope = new Dictionary<string, SlotRef>(StringComparer.Ordinal);
        inputs = TableInputs.Bind(builder, table, model.ScoreInputs.Fields.Select(field => field.Name), scope);
        slots = model.Emit(builder, scope);
        return builder.Build();
    }

    static bool SameBits(double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b);
}
