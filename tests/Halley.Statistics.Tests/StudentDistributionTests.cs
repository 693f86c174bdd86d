namespace Halley.Statistics.Tests;

/// <summary>Values: R 4.2.2, <c>2 * pt(-abs(t), df)</c> and <c>pbeta(x, a, b)</c>, 17 digits.</summary>
public class StudentDistributionTests
{
    [Theory]
    [InlineData(0.5, 1, 0.70483276469913358)]
    [InlineData(2, 3, 0.13932596855884313)]
    [InlineData(30, 5, 7.7186486204960467e-07)]
    [InlineData(2.5, 109, 0.013908675492620546)]
    [InlineData(1.96, 4617, 0.050055853484338789)]
    [InlineData(12, 23727, 4.430014646626786e-33)]
    [InlineData(0.01, 610156, 0.99202129064008226)]
    [InlineData(6, 610156, 1.9742808855652969e-09)]
    public void Two_sided_probability_is_that_of_R(double t, double degrees, double expected)
    {
        var tolerance = expected * 1e-13;
        Assert.Equal(expected, StudentDistribution.TwoSided(t, degrees), tolerance);
        Assert.Equal(expected, StudentDistribution.TwoSided(-t, degrees), tolerance);
    }

    [Theory]
    [InlineData(0.3, 2, 3, 0.34829999999999989)]
    [InlineData(0.9, 0.5, 0.5, 0.79516723530086664)]
    [InlineData(1e-5, 0.5, 7, 0.0092735643456428214)]
    [InlineData(0.5, 400, 300, 7.5812699602492296e-05)]
    public void Incomplete_beta_is_that_of_R(double x, double a, double b, double expected) =>
        Assert.Equal(expected, BetaDistribution.Cumulative(x, a, b), expected * 1e-13);

    [Fact]
    public void Ends_are_exact()
    {
        Assert.Equal(1, StudentDistribution.TwoSided(0, 7));
        Assert.Equal(0, StudentDistribution.TwoSided(double.PositiveInfinity, 7));
        Assert.Equal(double.NaN, StudentDistribution.TwoSided(double.NaN, 7));
        Assert.Equal(double.NaN, StudentDistribution.TwoSided(1, 0));
    }
}
