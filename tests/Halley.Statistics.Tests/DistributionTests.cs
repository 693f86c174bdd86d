namespace Halley.Statistics.Tests;

/// <summary>Reference values: mpmath with 40 digits, rounded to double.</summary>
public sealed class DistributionTests
{
    [Theory]
    [InlineData(-37.5, 4.605353009581955e-308)]
    [InlineData(-20, 2.7536241186062337e-89)]
    [InlineData(-5.5, 1.8989562465887718e-08)]
    [InlineData(-1, 0.15865525393145705)]
    [InlineData(-0.3, 0.3820885778110474)]
    [InlineData(0, 0.5)]
    [InlineData(0.7, 0.758036347776927)]
    [InlineData(2, 0.9772498680518208)]
    [InlineData(8, 0.9999999999999993)]
    [InlineData(-100, 0)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(double.NaN, double.NaN)]
    public void Normal_probabilities(double x, double expected)
    {
        Compare.AssertNear(expected, NormalDistribution.Cumulative(x), 3e-15);
        Compare.AssertNear(expected, NormalDistribution.Upper(-x), 3e-15);
    }

    [Theory]
    [InlineData(1e-10, 23.025850929882736, -10000000000.577215, 1e+20)]
    [InlineData(0.1, 2.252712651734206, -10.423754940411076, 101.43329915079275)]
    [InlineData(0.5, 0.5723649429247001, -1.9635100260214235, 4.934802200544679)]
    [InlineData(1, 0.0, -0.5772156649015329, 1.6449340668482264)]
    [InlineData(1.5, -0.12078223763524522, 0.03648997397857652, 0.9348022005446793)]
    [InlineData(2, 0.0, 0.42278433509846713, 0.6449340668482264)]
    [InlineData(3.7, 1.428072326665388, 1.1671535393615113, 0.3100378576700383)]
    [InlineData(9.9, 12.57717990421988, 2.2411803166063815, 0.1062830416287406)]
    [InlineData(10.1, 13.027526738633236, 2.262214357094148, 0.10407283129749605)]
    [InlineData(100.5, 361.4355404677776, 4.605174352581845, 0.009999916669583104)]
    [InlineData(1000000.0, 12815504.569147611, 13.815510057964191, 1.0000005000001667e-06)]
    [InlineData(1000000000000000.0, 3.3538776394910668e+16, 34.538776394910684, 1.0000000000000005e-15)]
    public void Gamma_function_and_its_derivatives(double x, double log, double digamma, double trigamma)
    {
        Compare.AssertNear(log, GammaFunction.Log(x), 3e-15, 1);
        Compare.AssertNear(digamma, GammaFunction.Digamma(x), 3e-15, 1);
        Compare.AssertNear(trigamma, GammaFunction.Trigamma(x), 3e-15);
    }

    [Fact]
    public void The_gamma_function_ends_at_zero()
    {
        Assert.Equal(double.PositiveInfinity, GammaFunction.Log(0));
        Assert.Equal(double.PositiveInfinity, GammaFunction.Log(double.PositiveInfinity));
        Assert.True(double.IsNaN(GammaFunction.Log(-0.5)) && double.IsNaN(GammaFunction.Digamma(0)));
    }

    [Theory]
    [InlineData(0, 0.3, -0.3)]
    [InlineData(1, 0.3, -1.503972804325936)]
    [InlineData(5, 2.5, -2.7060380834112707)]
    [InlineData(40, 55.5, -5.1653188846618425)]
    [InlineData(1000, 1010.0, -4.422568652858214)]
    [InlineData(1000000, 999000.0, -8.327027479053644)]
    [InlineData(2.5, 1.5, -1.6873108320766632)]
    [InlineData(3, 0, double.NegativeInfinity)]
    [InlineData(-1, 2, double.NaN)]
    public void Poisson_log_probabilities(double k, double mean, double expected) =>
        Compare.AssertNear(expected, PoissonDistribution.LogProbability(k, mean), 3e-15);

    [Theory]
    [InlineData(0, 10, 0.3, -3.5667494393873236)]
    [InlineData(10, 10, 0.3, -12.03972804325936)]
    [InlineData(3, 10, 0.3, -1.3211512777668886)]
    [InlineData(50, 1000, 0.04, -4.060417110916258)]
    [InlineData(500000, 1000000, 0.4999, -7.15354688202686)]
    [InlineData(0, 10, 0, 0)]
    [InlineData(10, 10, 1, 0)]
    [InlineData(9, 10, 1, double.NegativeInfinity)]
    [InlineData(11, 10, 0.5, double.NaN)]
    public void Binomial_log_probabilities(double k, double n, double p, double expected) =>
        Compare.AssertNear(expected, BinomialDistribution.LogProbability(k, n, p), 3e-15);

    // Reference: the compound Poisson-gamma density summed over its claim counts with 40 digits.
    [Theory]
    [InlineData(0, 1.2, 0.5, 1.5, -4.381780460041329)]
    [InlineData(0.3, 1.2, 0.5, 1.5, -0.8632160355950455)]
    [InlineData(3.7, 1.2, 0.5, 1.5, -4.082787773091918)]
    [InlineData(1500, 300, 400, 1.5, -11.097558205630254)]
    [InlineData(0.01, 0.2, 2, 1.2, -12.61907017801531)]
    [InlineData(2, 2.5, 0.02, 1.2, -1.6487904142124457)]
    [InlineData(50, 30, 3, 1.9, -5.434740343108215)]
    [InlineData(5, 5, 0.05, 1.6, -0.7110819184853949)]
    public void Tweedie_log_density(double y, double mu, double phi, double power, double expected)
    {
        Compare.AssertNear(expected, new TweedieFamily(power).LogLikelihood(y, mu, 1, phi), 1e-12);
        Compare.AssertNear(expected, new TweedieFamily(power).LogLikelihood(y, mu, 2, 2 * phi), 1e-12);
    }
}
