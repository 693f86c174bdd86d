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
}
