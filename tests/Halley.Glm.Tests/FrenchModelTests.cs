using Halley.Data;
using Halley.Statistics;

namespace Halley.Glm.Tests;

/// <summary>The published models of the French motor data, against R and against the printed deviances.</summary>
public class FrenchModelTests
{
    static TrainingSet Counts(Table learn) =>
        new()
        {
            Learn = learn,
            Features = [],
            Target = "ClaimNb",
            Exposure = "Exposure",
        };

    static GlmFit FitCounts(string model) =>
        new GlmTrainer(new() { Terms = FrenchTerms.Of(model) }).Fit(Counts(FrenchData.Learn));

    /// <summary>
    /// To 1e-8 of the golden fit, whose search ran until nothing changed. The published list was stopped earlier, by the deviance:
    /// its standard errors belong to the step before (4e-8 off at most), and under gamma and Tweedie its coefficients are not settled.
    /// </summary>
    static void AssertSame(string model, GlmFit fit, double tolerance, double errorTolerance)
    {
        var golden = ReferenceCoefficients.Golden("fremtpl2/" + model);
        if (golden.Count > 0)
            ReferenceCoefficients.AssertSame(golden, fit);
        ReferenceCoefficients.AssertSame(ReferenceCoefficients.Published("fremtpl2", model), fit, tolerance, errorTolerance);
    }

    [Theory]
    [InlineData("null", 25.213, 25.445)]
    [InlineData("glm1", 24.101, 24.146)]
    [InlineData("glm2", 24.091, 24.113)]
    [InlineData("glm3", 24.084, 24.102)]
    public void Claim_count_is_as_published_and_as_R_fits_it(string model, double learnDeviance, double testDeviance)
    {
        var fit = FitCounts(model);

        AssertSame($"poisson_{model}", fit, 1e-8, 1e-7);
        Assert.Equal(ReferenceMetrics.Published("fremtpl2", $"poisson_{model}", "learn", "aic"), fit.Aic!.Value, 2e-5);
        Assert.Equal(
            ReferenceMetrics.Published("fremtpl2", $"poisson_{model}", "learn", "pearson_dispersion"),
            fit.PearsonStatistic / fit.ResidualDegrees,
            1e-9
        );
        Assert.Equal(learnDeviance, Math.Round(100 * fit.Deviance / fit.RowCount, 3));
        var test = FrenchData.Test;
        var deviance = Scoring.Deviance(Family.Poisson, test.Numeric("ClaimNb").Values, Scoring.Mean(fit, test, "Exposure"));
        Assert.Equal(testDeviance, Math.Round(100 * deviance / test.RowCount, 3));
        Assert.Equal(
            ReferenceMetrics.Published("fremtpl2", $"poisson_{model}", "test", "poisson_deviance_x100_mean_per_policy"),
            100 * deviance / test.RowCount,
            1e-10
        );
        Assert.True(fit.Converged);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("glm1")]
    public void Claim_size_is_as_R_fits_it(string model)
    {
        var options = new GlmOptions { Family = Family.Gamma, Terms = FrenchTerms.Of(model) };
        var fit = new GlmTrainer(options).Fit(
            new()
            {
                Learn = FrenchData.LearnClaims,
                Features = [],
                Target = "ClaimAmount",
            }
        );

        AssertSame($"gamma_{model}", fit, 1e-5, 1e-5);
        const string metric = "gamma_deviance_mean_per_claim";
        Assert.Equal(
            ReferenceMetrics.Published("fremtpl2", $"gamma_{model}", "learn", metric),
            fit.Deviance / fit.RowCount,
            1e-10
        );
        var test = FrenchData.TestClaims;
        var deviance = Scoring.Deviance(Family.Gamma, test.Numeric("ClaimAmount").Values, Scoring.Mean(fit, test, null));
        Assert.Equal(ReferenceMetrics.Published("fremtpl2", $"gamma_{model}", "test", metric), deviance / test.RowCount, 1e-6);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("glm1")]
    public void Pure_premium_is_as_R_fits_it(string model)
    {
        var options = new GlmOptions { Family = Family.Tweedie(1.5), Terms = FrenchTerms.Of(model) };
        var fit = new GlmTrainer(options).Fit(
            Counts(FrenchData.Learn) with
            {
                Target = "ClaimTotal",
                ExposureUse = ExposureUse.Rate,
            }
        );

        AssertSame($"tweedie1.5_{model}", fit, 5e-5, 5e-5);
        Assert.Equal(
            ReferenceMetrics.Published("fremtpl2", $"tweedie1.5_{model}", "learn", "tweedie1.5_deviance_per_exposure_year"),
            fit.Deviance / FrenchData.Learn.Exposure("Exposure").Years.ToArray().Sum(),
            1e-9
        );
        Assert.Null(fit.Aic);
    }
}
