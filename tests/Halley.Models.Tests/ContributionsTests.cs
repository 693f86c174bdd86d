using Halley.Data;

namespace Halley.Models.Tests;

public class ContributionsTests
{
    [Fact]
    public void Under_a_model_of_main_effects_they_add_up_to_the_distance_from_the_typical_record()
    {
        var model = ModelFitter.Fit(Specs.Glm, Portfolio.Make(3000));
        var table = Portfolio.Make(200, seed: 4);
        var contributions = Contributions.Of(model, table);
        Assert.Equal(["score", "brand", "age"], contributions.Columns.Select(column => column.Name));
        var typical = new Table([
            new CategoricalColumn("brand", [(int)model.ProfileOf("brand")!.Typical!], Portfolio.Brands),
            new NumericColumn("age", [model.ProfileOf("age")!.Typical!.Value]),
        ]);
        var atTypical = model.Predict(typical, PredictMode.Raw).Values[0];
        var spread = 0.0;
        for (var row = 0; row < table.RowCount; row++)
        {
            var sum = contributions.Numeric("brand").Values[row] + contributions.Numeric("age").Values[row];
            Assert.Equal(contributions.Numeric("score").Values[row] - atTypical, sum, 12);
            spread = Math.Max(spread, Math.Abs(sum));
        }
        Assert.True(spread > 0.2);
    }

    [Fact]
    public void A_record_at_its_typical_value_contributes_nothing()
    {
        var model = ModelFitter.Fit(Specs.Boosting, Portfolio.Make(800));
        var age = model.ProfileOf("age")!.Typical!.Value;
        var table = Portfolio.Make(30, seed: 4).With(new NumericColumn("age", [.. Enumerable.Repeat(age, 30)]));
        var contributions = Contributions.Of(model, table);
        Assert.All(contributions.Numeric("age").Values.ToArray(), value => Assert.Equal(0, value));
        Assert.Contains(contributions.Numeric("brand").Values.ToArray(), value => value != 0);
        Assert.Null(model.ProfileOf("years"));
    }
}
