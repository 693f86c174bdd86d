using System.Text.Json;
using Halley.Data;
using Halley.Statistics;

namespace Halley.Glm.Tests;

/// <summary>Families with a parameter of their own: given, and estimated.</summary>
public class ShapeTests
{
    // MASS's glm(family = negative.binomial) puts a Pearson dispersion into standard errors; glm.nb, as we do, has 1.
    [Theory]
    [InlineData("fr_negbin", 1)]
    [InlineData("aus_negbin", 1)]
    [InlineData("sw_cells_negbin", 1)]
    [InlineData("fr_negbin_theta1", 0)]
    public void Negative_binomial_of_a_given_theta_is_that_of_MASS(string id, int countsTheta)
    {
        var fit = OracleFits.Fit(id);

        var dispersion = ReferenceMetrics.Oracle(id, "dispersion_used_for_se");
        var expected = ReferenceCoefficients
            .Oracle(id)
            .ToDictionary(pair => pair.Key, pair => (pair.Value.Estimate, pair.Value.Error / Math.Sqrt(dispersion)));
        ReferenceCoefficients.AssertSame(expected, fit);
        Assert.Equal(ReferenceMetrics.Oracle(id, "deviance"), fit.Deviance, 1e-10 * fit.Deviance);
        Assert.Equal(ReferenceMetrics.Oracle(id, "loglik"), fit.LogLikelihood!.Value, 1e-10 * fit.Deviance);
        Assert.Equal(ReferenceMetrics.Oracle(id, "aic"), fit.Aic!.Value + 2 * countsTheta, 1e-10 * fit.Aic!.Value);
    }

    // The link μ^(1/3) in R's quasi(variance = "mu^2"): a gamma's score, without its likelihood.
    [Fact]
    public void A_power_link_is_that_of_R()
    {
        var fit = OracleFits.Fit("aus_quasi_power");

        ReferenceCoefficients.AssertSame(ReferenceCoefficients.Oracle("aus_quasi_power"), fit);
        Assert.Equal(ReferenceMetrics.Oracle("aus_quasi_power", "deviance"), fit.Deviance, 1e-10 * fit.Deviance);
    }

    [Theory]
    [InlineData("fr_negbin")]
    [InlineData("aus_negbin")]
    [InlineData("sw_cells_negbin")]
    public void Theta_is_estimated_as_by_MASS(string id)
    {
        var (set, options) = OracleFits.Recipe(id);

        var fit = new GlmTrainer(options with { Family = Family.NegativeBinomialEstimated }).Fit(set);

        var recipe = Recipes().GetProperty(id);
        var (theta, error) = (recipe.GetProperty("theta").GetDouble(), recipe.GetProperty("theta_se").GetDouble());
        Assert.Equal(theta, fit.Shape!.Value, 1e-6 * error);
        Assert.Equal(error, fit.Shape.StandardError, 1e-6 * error);
        Assert.Equal(recipe.GetProperty("twice_loglik").GetDouble(), 2 * fit.LogLikelihood!.Value, 1e-10 * fit.Deviance);
        Assert.Equal(ReferenceMetrics.Oracle(id, "aic"), fit.Aic!.Value, 1e-10 * fit.Aic!.Value);
        Assert.Equal(fit.Family, Family.NegativeBinomial(fit.Shape.Value));
        Assert.True(fit.Shape.IsInterior);
    }

    [Theory]
    [InlineData(true, 1.5, "Exposure")]
    [InlineData(true, 1.7, "Exposure")]
    [InlineData(false, 1.5, "none")]
    public void The_Tweedie_profile_is_that_of_mgcv_and_statmod(bool weighted, double power, string weights)
    {
        var (set, options) = OracleFits.TweedieProfile(weighted);
        var rows = LearnRows.Of(set, options);
        var inputs = new LearnInputs(rows);
        var encoder = new TermEncoder(inputs, options.Terms);
        var prepared = GlmDesigner.Design(rows.Problem, inputs, [.. options.Terms.Select(encoder.Encode)], default);

        var (solution, logLikelihood, phi) = new TweediePower(new(rows.Problem, prepared, options), null, default).ProfileAt(
            power
        );

        var (expectedPhi, expected, deviance) = Profile(weights, power);
        Assert.Equal(expectedPhi, phi, 1e-6 * phi);
        Assert.Equal(expected, logLikelihood, 1e-9 * Math.Abs(expected));
        Assert.Equal(deviance, solution.Sums.Deviance, 1e-9 * deviance);
    }

    // Their search stopped within 1e-6 of the power.
    [Theory]
    [InlineData(true, 1.5791035821796662, "Exposure")]
    [InlineData(false, 1.6906339556721404, "none")]
    public void The_Tweedie_power_is_estimated_as_by_its_profile_likelihood(bool weighted, double power, string weights)
    {
        var (set, options) = OracleFits.TweedieProfile(weighted);

        var fit = new GlmTrainer(options).Fit(set);

        var (phi, logLikelihood, _) = Profile(weights, power);
        Assert.Equal(power, fit.Shape!.Value, 2e-6);
        Assert.Equal(phi, fit.Shape.Dispersion, 1e-4 * phi);
        Assert.Equal(logLikelihood, fit.LogLikelihood!.Value, 1e-9 * Math.Abs(logLikelihood));
        Assert.Equal(2 * (fit.Rank + 2) - 2 * fit.LogLikelihood.Value, fit.Aic!.Value, 1e-9 * fit.Aic!.Value);
        Assert.InRange(fit.Shape.StandardError, 1e-4, 0.1);
    }

    [Fact]
    public void Counts_no_more_dispersed_than_Poisson_say_so()
    {
        var counts = new double[400];
        for (var row = 0; row < counts.Length; row++)
            counts[row] = 2 + row % 2;
        var set = new TrainingSet
        {
            Learn = new([new NumericColumn("n", counts), new NumericColumn("x", [.. counts.Select((_, row) => row % 7.0)])]),
            Features = ["x"],
            Target = "n",
        };

        var fit = new GlmTrainer(new() { Family = Family.NegativeBinomialEstimated }).Fit(set);

        Assert.False(fit.Shape!.IsInterior);
        Assert.Contains("the counts vary no more than Poisson's", fit.Advice, StringComparison.Ordinal);
        Assert.Contains("Use family poisson", fit.Advice, StringComparison.Ordinal);
    }

    static JsonElement Recipes() => JsonDocument.Parse(File.ReadAllText(SharedData.Path("oracles/glm/recipes.json"))).RootElement;

    static (double Phi, double LogLikelihood, double Deviance) Profile(string weights, double power)
    {
        var table = CsvReader.Read(SharedData.Path("oracles/glm/tweedie_profile.csv"));
        var row = Enumerable
            .Range(0, table.RowCount)
            .Single(row => table["weights"].TextAt(row) == weights && table.Numeric("p").Values[row] == power);
        return (table.Numeric("phi").Values[row], table.Numeric("loglik").Values[row], table.Numeric("deviance").Values[row]);
    }
}
