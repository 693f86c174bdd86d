using System.Text.Json;
using Halley.Data;
using Halley.Statistics;

namespace Halley.Glm.Tests;

/// <summary>Firth's correction against R's <c>brglm2</c> (type AS_mean).</summary>
public class BiasReductionTests
{
    [Theory]
    [InlineData("firth_separated")]
    [InlineData("firth_lapse400")]
    [InlineData("firth_poisson_sw_cells")]
    public void Estimates_and_errors_are_those_of_brglm2(string id)
    {
        var (set, options) = Recipe(id);

        var fit = new GlmTrainer(options with { BiasReduction = true }).Fit(set);

        Assert.True(fit.Converged, fit.Advice);
        var expected = OracleRow.Read("firth_coefs.csv", row => row("id") == id);
        Assert.Equal(expected.Count, fit.Coefficients.Count);
        foreach (var row in expected)
        {
            var own = fit.Coefficients.Single(coefficient => RNames.Of(coefficient).First() == RNames.Sorted(row.Text("term")));
            Assert.Equal(row.Number("estimate"), own.Estimate, 1e-8 * row.Number("std_error"));
            Assert.Equal(row.Number("std_error"), own.StandardError, 1e-8 * row.Number("std_error"));
        }
        Assert.Equal(Recipes().GetProperty(id).GetProperty("deviance").GetDouble(), fit.Deviance, 1e-9 * fit.Deviance);
    }

    [Fact]
    public void Separated_data_are_named_with_the_remedy()
    {
        var (set, options) = Recipe("firth_separated");

        var fit = new GlmTrainer(options).Fit(set);

        Assert.Contains("reduce bias (Firth)", fit.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Families_with_a_dispersion_are_refused()
    {
        var problem = Assert.Throws<HalleyException>(() => new GlmTrainer(new() { Family = Family.Gamma, BiasReduction = true }));

        Assert.Equal("HLY2101", problem.Code);
        Assert.Contains("bias reduction needs a family of dispersion 1", problem.Message, StringComparison.Ordinal);
    }

    static (TrainingSet Set, GlmOptions Options) Recipe(string id)
    {
        if (id == "firth_poisson_sw_cells")
        {
            var (set, options) = OracleFits.Recipe("sw_cells_poisson");
            return (set, options with { Terms = [.. options.Terms.Take(3)] });
        }
        if (id == "firth_lapse400")
        {
            var (set, options) = OracleFits.Recipe("lapse_small_logit");
            string[] names = ["polholder_gender", "policy_caruse", "loglast", "vehicl_region"];
            return (
                set with
                {
                    Learn = set.Learn.Take([.. Enumerable.Range(0, 400)]),
                },
                options with
                {
                    Terms =
                    [
                        .. names
                            .Select(name => options.Terms.Single(term => term.Name == name))
                            // No policy of the first 400 is in commercial use: R's base is the first level that is left.
                            .Select(term =>
                                term is FactorTerm { Column: "policy_caruse" } use
                                    ? use with
                                    {
                                        Base = "private or freelance work",
                                    }
                                    : term
                            ),
                    ],
                }
            );
        }
        var view = Recipes().GetProperty(id).GetProperty("view");
        double[] Column(string name) => [.. view.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];
        Table table = new([.. new[] { "y", "x", "z" }.Select(name => new NumericColumn(name, Column(name)))]);
        return (
            new()
            {
                Learn = table,
                Features = [],
                Target = "y",
            },
            new() { Family = Family.Binomial, Terms = [new NumericTerm("x"), new NumericTerm("z")] }
        );
    }

    static JsonElement Recipes() =>
        JsonDocument.Parse(File.ReadAllText(SharedData.Path("oracles/glm/firth_recipes.json"))).RootElement;
}
