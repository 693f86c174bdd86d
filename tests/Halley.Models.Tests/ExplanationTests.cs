using Halley.Boosting;
using Halley.Data;
using Halley.Statistics;

namespace Halley.Models.Tests;

/// <summary>What a model says of itself adds up to what it serves, and finds what is in the data.</summary>
public sealed class ExplanationTests
{
    static readonly Table Book = Portfolio.Make(3000);

    public static TheoryData<string> Models => [.. Specs().Keys];

    [Theory]
    [MemberData(nameof(Models))]
    public void Contributions_base_and_offset_add_up_to_the_served_prediction(string name)
    {
        var data = Book.With(Offsets(Book));
        var model = ModelFitter.Fit(Specs()[name], data);
        var rows = data.Take([.. Enumerable.Range(0, 60)]);
        var served = model.Predict(rows, PredictMode.ExposureApplied).Values.ToArray();

        foreach (var background in new[] { null, data.Take([.. Enumerable.Range(100, 20)]) })
        {
            var lines = ShapTable.Of(model, rows, background: background);

            var sums = new double[60];
            for (var line = 0; line < lines.RowCount; line++)
                sums[(int)lines.Numeric("row").Values[line] - 1] += lines.Numeric("contribution").Values[line];
            for (var row = 0; row < 60; row++)
                Assert.Equal(1, model.Link.Inverse(sums[row]) / served[row], 1e-12);
            var named = lines.Text("feature").Values.ToArray();
            Assert.Contains(ShapTable.Base, named);
            Assert.Equal(model.Spec.Offset is not null || model.Spec.Exposure is not null, named.Contains(ShapTable.Offset));
            Assert.DoesNotContain(ShapTable.Rest, named);
        }
    }

    [Fact]
    public void Pairs_add_up_to_contributions()
    {
        var model = ModelFitter.Fit(Specs()["poisson"], Book);
        var rows = Book.Take([.. Enumerable.Range(0, 10)]);

        var (pairs, own) = (ShapTable.PairsOf(model, rows), ShapTable.Of(model, rows));

        var all = pairs.Numeric("contribution").Values.ToArray().Sum();
        var inputs = Enumerable.Range(0, own.RowCount).Where(line => !own.Text("feature").Values[line]!.StartsWith('('));
        Assert.Equal(inputs.Sum(line => own.Numeric("contribution").Values[line]), all, 1e-10);
        // Four features: four alone and six pairs a row.
        Assert.Equal(10 * 10, pairs.RowCount);
    }

    [Fact]
    public void Dealing_out_an_input_hurts_where_the_model_uses_it()
    {
        var model = ModelFitter.Fit(Specs()["poisson"], Book);

        var found = PermutationImportance.Of(model, Book, deals: 4);

        Assert.Equal("brand", found[0].Feature);
        Assert.True(found[0].Increase > 4 * found[0].StandardError);
        Assert.Equal(found, PermutationImportance.Of(model, Book, deals: 4));
        var table = ModelImportance.TableOf(model, Book);
        Assert.Equal(["gain", "cover", "cuts", "permutation"], table.Text("measure").Values.ToArray().Distinct());
        var glm = ModelFitter.Fit(Tests.Specs.Glm, Book);
        Assert.Equal(["permutation"], ModelImportance.TableOf(glm, Book).Text("measure").Values.ToArray().Distinct());
        Assert.StartsWith(
            "HLY3306: model 'claim-count-glm' is not a tree model",
            Assert.Throws<HalleyException>(() => ModelImportance.TableOf(glm, null)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Dependence_of_a_line_is_the_line()
    {
        // exp(constant + slope × young + …): a model of main effects, where both kinds of dependence are the term itself.
        var model = ModelFitter.Fit(Tests.Specs.Glm, Book);
        var rows = Book.Take([.. Enumerable.Range(0, 800)]);

        var lines = Dependence.Of(model, rows);

        var effects = Enumerable
            .Range(0, lines.RowCount)
            .Where(line => lines.Text("feature").Values[line] == "age")
            .GroupBy(line => lines.Text("kind").Values[line]!)
            .ToDictionary(kind => kind.Key, kind => kind.Select(line => lines.Numeric("effect").Values[line]).ToArray());
        var (partial, accumulated) = (effects[Dependence.Partial], effects[Dependence.Accumulated]);
        Assert.Equal(partial.Length, accumulated.Length);
        for (var at = 1; at < partial.Length; at++)
            Assert.Equal(partial[at] - partial[at - 1], accumulated[at] - accumulated[at - 1], 1e-9);
        Assert.True(partial.Max() - partial.Min() > 0.05);
        // The brands' relativities stand in the same order as their partial dependence.
        var brands = Enumerable
            .Range(0, lines.RowCount)
            .Where(line => lines.Text("feature").Values[line] == "brand")
            .ToDictionary(line => lines.Text("value").Values[line]!, line => lines.Numeric("effect").Values[line]);
        var coefficients = model.Header.Relativities.Where(own => own.Factor == "brand").ToDictionary(own => own.Level);
        Assert.Equal(coefficients["Daf"].Coefficient - coefficients["Alfa"].Coefficient, brands["Daf"] - brands["Alfa"], 1e-9);
    }

    static Dictionary<string, ModelSpec> Specs()
    {
        ModelSpec With(
            Family family,
            BoostingObjective? objective,
            string target,
            bool exposure,
            BoostingOptions? options = null
        ) =>
            Tests.Specs.Boosting with
            {
                Family = family,
                Target = target,
                Exposure = exposure ? "years" : null,
                Where = target == "cost" ? "cost > 0" : null,
                Learner = (BoostingLearner)Tests.Specs.Boosting.Learner with
                {
                    Objective = objective,
                    Options = (options ?? new()) with { Rounds = 10, MinimumLeafRows = 20, MinimumLeafHessian = 0 },
                },
            };
        var all = new Dictionary<string, ModelSpec>
        {
            ["poisson"] = With(Family.Poisson, null, "claims", true),
            ["poisson dart"] = With(Family.Poisson, null, "claims", true, new() { Mode = BoostingMode.Dart, DropRate = 0.5 }),
            ["poisson forest"] = With(Family.Poisson, null, "claims", true, new() { Mode = BoostingMode.Forest, LeafSteps = 5 }),
            ["negative binomial"] = With(Family.NegativeBinomialEstimated, null, "claims", true),
            ["zero-inflated"] = With(Family.Poisson, BoostingObjective.ZeroInflatedPoisson, "claims", true),
            ["gamma"] = With(Family.Gamma, null, "cost", false),
            ["tweedie"] = With(Family.Tweedie(1.5), null, "claims", true),
            ["binomial"] = With(Family.Binomial, null, "claims", false),
            ["gaussian"] = With(Family.Gaussian, null, "cost", false),
            ["huber"] = With(Family.Gaussian, BoostingObjective.Huber, "cost", false, new() { HuberDelta = 500 }),
            ["quantile"] = With(Family.Gaussian, BoostingObjective.Quantile, "cost", false, new() { QuantileLevel = 0.8 }),
        };
        foreach (var name in new[] { "poisson", "gamma", "binomial", "gaussian" })
            all[name + " with offset"] = all[name] with { Offset = "offset" };
        return all;
    }

    static NumericColumn Offsets(Table book) =>
        new("offset", [.. Enumerable.Range(0, book.RowCount).Select(row => 0.01 * (row % 37) - 0.2)]);
}
