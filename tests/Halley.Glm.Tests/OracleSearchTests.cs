using Halley.Data;
using Halley.Statistics;

namespace Halley.Glm.Tests;

/// <summary>R's add1, drop1 and stepAIC on the motorcycle cells, and what statsmodels means by its figures.</summary>
public class OracleSearchTests
{
    static readonly string[] Factors = ["Area", "RiskClass", "VehAgeBand", "BonusClass", "Gender", "OwnerAgeBand"];

    static readonly Lazy<TrainingSet> Cells = new(() =>
    {
        var rows = OracleViews.Motorcycles;
        rows = rows.With(OracleViews.AgeBands(rows));
        double[] ages = [.. rows.Numeric("OwnerAge").Values.ToArray()];
        int[] codes =
        [
            .. ages.Select(age =>
                age <= 25 ? 0
                : age <= 40 ? 1
                : age <= 55 ? 2
                : 3
            ),
        ];
        rows = rows.With(new CategoricalColumn("OwnerAgeBand", codes, new(["0-25", "26-40", "41-55", "56+"])));
        return new()
        {
            Learn = OracleViews.Cells(rows, Factors, "ClaimNb", "Exposure"),
            Features = [],
            Target = "ClaimNb",
            Exposure = "Exposure",
        };
    });

    static Term[] All => [.. Factors.Select(name => new FactorTerm(name))];

    [Fact]
    public void Dropping_each_term_is_Rs_drop1()
    {
        var fit = new GlmTrainer(new() { Terms = All }).Fit(Cells.Value);
        var tests = fit.Inference.TermTests(likelihoodRatio: true);
        var rows = OracleRow.Read("add_drop.csv", row => row("table") == "drop1_from_full");
        var whole = rows.Single(row => row.Text("term") == "<none>");
        Near(whole.Number("deviance"), fit.Deviance, 1e-10);
        Near(whole.Number("aic"), fit.Aic!.Value, 1e-10);
        foreach (var row in rows.Where(row => row.Text("term") != "<none>"))
        {
            var test = tests.Single(test => test.Term == row.Text("term"));
            Assert.Equal(row.Number("df"), test.Degrees);
            Near(row.Number("lr"), test.DevianceChange!.Value, 1e-7);
            Near(row.Number("p"), test.LikelihoodRatioPValue!.Value, 1e-5);
            Assert.Equal(row.Number("aic") - whole.Number("aic"), test.AicChange!.Value, 1e-6);
        }
    }

    [Fact]
    public void Adding_each_term_is_Rs_add1_and_the_path_is_stepAICs()
    {
        var found = TermSearch.Run(new(), Cells.Value, All, new() { Direction = SearchDirection.Forward });
        var rows = OracleRow.Read("add_drop.csv", row => row("table") == "add1_to_null" && row("term") != "<none>");
        Assert.Equal(rows.Count, found.Steps[0].Tried.Count);
        foreach (var row in rows)
        {
            var tried = found.Steps[0].Tried.Single(move => move.Term == row.Text("term"));
            Assert.Equal(row.Number("df"), tried.Degrees);
            Near(row.Number("lr"), -tried.DevianceChange, 1e-7);
            Near(row.Number("p"), tried.PValue, 1e-5);
        }
        AssertPath("forward_aic", found);
        AssertPath(
            "backward_aic",
            TermSearch.Run(new() { Terms = All }, Cells.Value, [], new() { Direction = SearchDirection.Backward })
        );
    }

    // statsmodels with var_weights divides the dispersion by the weight where R multiplies the density: the same fit, other likelihoods.
    [Theory]
    [InlineData("uk_gamma_inverse", 1e-8)]
    [InlineData("sw_cells_poisson", 1e-8)]
    [InlineData("aus_gamma_log", 1e-8)]
    [InlineData("aus_invgauss_log", 1e-6)]
    [InlineData("fr_tweedie_1.5", 1e-6)]
    public void A_fit_is_that_of_statsmodels_too(string id, double relative)
    {
        var expected = Assert.Single(OracleRow.Read("statsmodels_conventions.csv", row => row("id") == id));
        var fit = OracleFits.Fit(id);

        Near(expected.Number("deviance"), fit.Deviance, relative);
        Near(expected.Number("null_deviance"), fit.NullDeviance, relative);
        Near(expected.Number("pearson_chi2"), fit.PearsonStatistic, relative);
        Near(expected.Number("scale"), fit.Dispersion, relative);
        Near(expected.Number("intercept"), fit.Coefficients[0].Estimate, relative);
        Near(expected.Number("se_intercept"), fit.Coefficients[0].StandardError, relative);
        if (fit.Family == Family.Poisson)
        {
            Near(expected.Number("llf"), fit.LogLikelihood!.Value, relative);
            Near(expected.Number("aic"), fit.Aic!.Value, relative);
        }
    }

    static void AssertPath(string path, TermSearchResult found)
    {
        var steps = OracleRow.Read("step.csv", row => row("path") == path && row("step") != "0");
        var taken = found.Steps.Where(step => step.Taken is not null).Select(step => step.Taken!).ToArray();
        Assert.Equal(steps.Select(row => row.Text("change")), taken.Select(move => $"{(move.IsAdded ? "+" : "-")} {move.Term}"));
        Near(steps[^1].Number("deviance"), found.Fit.Deviance, 1e-10);
        Near(steps[^1].Number("aic"), found.Fit.Aic!.Value, 1e-10);
    }

    static void Near(double expected, double actual, double relative) =>
        Assert.True(
            Math.Abs(expected - actual) <= relative * Math.Abs(expected),
            $"{actual:R} where {expected:R} is expected, {(actual - expected) / expected:E1} apart"
        );
}
