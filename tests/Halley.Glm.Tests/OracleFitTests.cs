using Halley.Data;

namespace Halley.Glm.Tests;

/// <summary>
/// Fits of every family, link and kind of term against R 4.2.2, to 1e-8 of the larger of coefficient and standard error and 1e-10 in
/// deviance, likelihood and AIC.
/// </summary>
public class OracleFitTests
{
    [Theory]
    [InlineData("fr_poisson_interactions")]
    [InlineData("fr_poisson_weights_zero")]
    [InlineData("fr_poisson_aliased")]
    [InlineData("fr_poisson_empty_levels")]
    [InlineData("fr_poisson_empty_cells")]
    [InlineData("fr_poisson_sqrt")]
    [InlineData("fr_tweedie_1.2")]
    [InlineData("fr_tweedie_1.5")]
    [InlineData("fr_tweedie_1.8")]
    [InlineData("fr_gamma_log")]
    [InlineData("fr_gaussian_logamount")]
    [InlineData("aus_gamma_log")]
    [InlineData("aus_gamma_inverse")]
    [InlineData("aus_gamma_identity")]
    [InlineData("aus_gaussian_log")]
    [InlineData("aus_poisson")]
    [InlineData("aus_binomial_cloglog_offset")]
    [InlineData("sw_poisson")]
    [InlineData("sw_gamma_log")]
    [InlineData("uk_gamma_inverse")]
    [InlineData("uk_gamma_inverse_interaction")]
    [InlineData("lapse_binomial_logit")]
    [InlineData("lapse_binomial_probit")]
    [InlineData("lapse_binomial_cloglog")]
    [InlineData("pg17_poisson")]
    [InlineData("fr_quasipoisson_frequency")]
    [InlineData("fr_poisson_splines")]
    [InlineData("fr_gaussian_splines")]
    [InlineData("aus_invgauss_log")]
    [InlineData("aus_invgauss_canonical")]
    [InlineData("sw_cells_poisson")]
    [InlineData("lapse_binomial_grouped")]
    [InlineData("lapse_quasibinomial_grouped")]
    public void Fit_is_that_of_R(string id)
    {
        var fit = OracleFits.Fit(id);

        Assert.True(fit.Converged, fit.Advice);
        ReferenceCoefficients.AssertSame(ReferenceCoefficients.Oracle(id), fit);
        AssertNear("deviance", fit.Deviance);
        AssertNear("null_deviance", fit.NullDeviance);
        AssertNear("pearson_chi2", fit.PearsonStatistic, 1e-9);
        AssertNear("dispersion_used_for_se", fit.Dispersion, 1e-9);
        Assert.Equal(ReferenceMetrics.Oracle(id, "rank"), fit.Rank);
        Assert.Equal(ReferenceMetrics.Oracle(id, "df_residual"), fit.ResidualDegrees);
        Assert.Equal(ReferenceMetrics.Oracle(id, "df_null"), fit.NullDegrees);
        if (double.IsNaN(ReferenceMetrics.Oracle(id, "aic")))
        {
            Assert.Null(fit.Aic);
            return;
        }
        AssertNear("aic", fit.Aic!.Value);
        AssertNear("loglik", fit.LogLikelihood!.Value);

        void AssertNear(string column, double actual, double relative = 1e-10)
        {
            var expected = ReferenceMetrics.Oracle(id, column);
            Assert.True(
                Math.Abs(actual - expected) <= relative * Math.Abs(expected),
                $"{column} {actual:R} where R has {expected:R}, {(actual - expected) / expected:E1} apart"
            );
        }
    }

    [Theory]
    [InlineData("uk_gamma_inverse")]
    public void Covariance_is_that_of_R(string id)
    {
        var fit = OracleFits.Fit(id);
        var expected = CsvReader.Read(SharedData.Path("oracles/glm/covariance.csv"));
        var positions = fit.Coefficients.Select((coefficient, i) => (Name: RNames.Of(coefficient).First(), i)).ToDictionary();
        var compared = 0;
        for (var row = 0; row < expected.RowCount; row++)
        {
            if (expected["id"].TextAt(row) != id)
                continue;
            var (i, j) = (positions[expected["row"].TextAt(row)!], positions[expected["col"].TextAt(row)!]);
            var value = expected.Numeric("covariance").Values[row];
            var scale = fit.Coefficients[i].StandardError * fit.Coefficients[j].StandardError;
            Assert.Equal(value, fit.Covariance[i, j], 1e-8 * scale);
            Assert.Equal(value, fit.Covariance[j, i], 1e-8 * scale);
            compared++;
        }
        Assert.Equal(105, compared);
    }

    [Fact]
    public void Levels_without_claims_are_named_and_disturb_no_other()
    {
        var fit = OracleFits.Fit("pg17_poisson_makes");

        var expected = ReferenceCoefficients.Oracle("pg17_poisson_makes");
        var unbounded = fit.Coefficients.Where(coefficient => coefficient.IsUnbounded).ToArray();
        Assert.Equal(49, unbounded.Length);
        Assert.All(unbounded, coefficient => Assert.True(expected[RNames.Of(coefficient).First()].Error > 50));
        foreach (var coefficient in fit.Coefficients.Except(unbounded))
        {
            var (estimate, error) = expected[RNames.Of(coefficient).First()];
            Assert.Equal(estimate, coefficient.Estimate, 1e-6 * Math.Max(Math.Abs(estimate), error));
            Assert.Equal(error, coefficient.StandardError, 1e-6 * error);
        }
        Assert.True(fit.Converged);
        Assert.InRange(fit.Iterations, 1, 10);
        Assert.Contains("the target is 0 in every row of 'vh_make' levels 'ACL', 'ALPINE'", fit.Advice, StringComparison.Ordinal);
    }
}
