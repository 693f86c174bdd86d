using CsCheck;

namespace Halley.Statistics.Tests;

/// <summary>Distribution functions and quantiles. Reference values: mpmath with 50 digits, rounded to double.</summary>
public sealed class TailTests
{
    [Theory]
    [InlineData(0.01, 1e-30, 0.5040472728599954, 0.49595272714000455)]
    [InlineData(0.5, 0.2, 0.4729107431344619, 0.5270892568655381)]
    [InlineData(1, 50, 1.0, 1.9287498479639178e-22)]
    [InlineData(3.3, 0.001, 1.4205656408213888e-11, 0.9999999999857944)]
    [InlineData(10, 8, 0.2833757412729891, 0.7166242587270109)]
    [InlineData(10, 40, 0.9999999960740678, 3.925932226286188e-09)]
    [InlineData(1000, 900, 0.0005499022657117829, 0.9994500977342882)]
    [InlineData(1000, 1003, 0.5419359483174725, 0.4580640516825275)]
    [InlineData(1000, 1200, 0.9999999987118394, 1.2881606086281433e-09)]
    [InlineData(100000.0, 100300.0, 0.8286363112512076, 0.17136368874879235)]
    [InlineData(2, 0, 0, 1)]
    [InlineData(2, -1, 0, 1)]
    [InlineData(2, double.PositiveInfinity, 1, 0)]
    [InlineData(0, 1, double.NaN, double.NaN)]
    public void Gamma_tails(double shape, double x, double lower, double upper)
    {
        Compare.AssertNear(lower, GammaDistribution.Cumulative(x, shape), 1e-13);
        Compare.AssertNear(upper, GammaDistribution.Upper(x, shape), 1e-13);
        Compare.AssertNear(upper, ChiSquaredDistribution.Upper(2 * x, 2 * shape), 1e-13);
        Compare.AssertNear(lower, ChiSquaredDistribution.Cumulative(2 * x, 2 * shape), 1e-13);
    }

    [Theory]
    [InlineData(0.3, 0.5, 0.5, 0.36901011956554536, 0.6309898804344546)]
    [InlineData(1e-08, 0.1, 20, 0.2242738713537294, 0.7757261286462707)]
    [InlineData(0.9999, 2, 3, 0.9999999999960003, 3.999699999998679e-12)]
    [InlineData(0.2, 50, 70, 3.7178550203852634e-08, 0.9999999628214498)]
    [InlineData(0.7, 50, 70, 0.9999999999305285, 6.947158228740656e-11)]
    [InlineData(0.34, 1000, 2000, 0.7812150911606427, 0.21878490883935728)]
    [InlineData(1e-05, 0.5, 1000000.0, 0.9999922561683078, 7.743831692250084e-06)]
    [InlineData(0, 2, 3, 0, 1)]
    [InlineData(1.5, 2, 3, 1, 0)]
    [InlineData(0.5, -2, 3, double.NaN, double.NaN)]
    public void Beta_tails(double x, double a, double b, double lower, double upper)
    {
        Compare.AssertNear(lower, BetaDistribution.Cumulative(x, a, b), 2e-12);
        Compare.AssertNear(upper, BetaDistribution.Upper(x, a, b), 2e-12);
    }

    [Theory]
    [InlineData(0.1, 1, 0.4682744825694464)]
    [InlineData(2.5, 1, 0.1211189415908434)]
    [InlineData(12, 3.5, 0.00028726709642806395)]
    [InlineData(1.96, 30, 0.02967115644802524)]
    [InlineData(40, 10, 1.1404288715428774e-12)]
    [InlineData(5, 1000000.0, 2.866998935445371e-07)]
    [InlineData(1e-05, 7, 0.49999615008549175)]
    [InlineData(1.96, double.PositiveInfinity, 0.0249978951482204)]
    [InlineData(double.PositiveInfinity, 3, 0)]
    public void Student_tails(double t, double freedom, double upper)
    {
        Compare.AssertNear(upper, StudentDistribution.Upper(t, freedom), 1e-12);
        Compare.AssertNear(upper, StudentDistribution.Cumulative(-t, freedom), 1e-12);
        Compare.AssertNear(1 - upper, StudentDistribution.Cumulative(t, freedom), 1e-12);
        Compare.AssertNear(2 * upper, StudentDistribution.TwoSided(-t, freedom), 1e-12);
    }

    [Theory]
    [InlineData(3.2, 2, 10, 0.0842909133538739)]
    [InlineData(0.01, 5, 3, 0.9999303137450968)]
    [InlineData(80, 4, 1000, 6.311733875104051e-59)]
    [InlineData(1.05, 500, 700, 0.27614876221576495)]
    [InlineData(double.PositiveInfinity, 5, 7, 0)]
    [InlineData(-1, 5, 7, 1)]
    public void F_tails(double x, double numerator, double denominator, double upper)
    {
        Compare.AssertNear(upper, FDistribution.Upper(x, numerator, denominator), 1e-12);
        Compare.AssertNear(1 - upper, FDistribution.Cumulative(x, numerator, denominator), 1e-12);
    }

    [Theory]
    [InlineData(0.95, 1, 3.8414588206941245)]
    [InlineData(0.05, 1, 0.003932140000019523)]
    [InlineData(0.5, 10, 9.341817765591967)]
    [InlineData(1e-10, 3, 5.20939762143448e-07)]
    [InlineData(0.999, 100, 149.44925277903872)]
    [InlineData(0.025, 5000, 4805.904730862248)]
    [InlineData(1e-06, 0.1, 1.1689264114573169e-120)]
    [InlineData(0, 4, 0)]
    [InlineData(1, 4, double.PositiveInfinity)]
    [InlineData(1.1, 4, double.NaN)]
    [InlineData(0.5, -4, double.NaN)]
    public void Chi_squared_quantiles(double p, double freedom, double x) =>
        Compare.AssertNear(x, ChiSquaredDistribution.Quantile(p, freedom), 1e-12);

    [Theory]
    [InlineData(0.975, 1.0, 12.706204736174694)]
    [InlineData(0.975, 2.0, 4.302652729749462)]
    [InlineData(0.975, 25.0, 2.0595385527532972)]
    [InlineData(0.6, 4.5, 0.26875183554217513)]
    [InlineData(0.50001, 10.0, 2.569978035229989e-05)]
    [InlineData(1e-12, 3.0, -10331.108244292485)]
    [InlineData(0.995, 10000000.0, 2.5758297952037488)]
    [InlineData(0.5, 3, 0)]
    [InlineData(0.975, double.PositiveInfinity, 1.959963984540054)]
    [InlineData(1, 3, double.PositiveInfinity)]
    public void Student_quantiles(double p, double freedom, double t) =>
        Compare.AssertNear(t, StudentDistribution.Quantile(p, freedom), 1e-11);

    [Theory]
    [InlineData(0.95, 3, 20, 3.098391212140779)]
    [InlineData(0.01, 2, 7, 0.010064779568319884)]
    [InlineData(0.999, 50, 100, 2.07559440664532)]
    public void F_quantiles(double p, double numerator, double denominator, double x) =>
        Compare.AssertNear(x, FDistribution.Quantile(p, numerator, denominator), 1e-12);

    [Theory]
    [InlineData(0.05, 2, 3, 0.09761146288641434)]
    [InlineData(0.9, 0.2, 0.3, 0.9923134416335146)]
    [InlineData(1e-08, 5, 1, 0.0251188643150958)]
    [InlineData(0.5, 200, 300, 0.3998665627141161)]
    public void Beta_quantiles(double p, double a, double b, double x) =>
        Compare.AssertNear(x, BetaDistribution.Quantile(p, a, b), 1e-12);

    static readonly Gen<double> AnyTail = Gen.Double[-20, -0.31].Select(log => Math.Pow(10, log));
    static readonly Gen<double> AnyShape = Gen.Double[-1, 4].Select(log => Math.Pow(10, log));

    [Fact]
    public void A_gamma_quantile_has_its_tail() =>
        Gen.Select(AnyTail, AnyShape)
            .Sample(
                (p, shape) =>
                {
                    var (low, high) = (GammaDistribution.Quantile(p, shape), GammaDistribution.UpperQuantile(p, shape));
                    AssertTail(p, GammaDistribution.Cumulative(low, shape), shape, low);
                    AssertTail(p, GammaDistribution.Upper(high, shape), shape, high);
                }
            );

    [Fact]
    public void A_student_quantile_has_its_tail() =>
        Gen.Select(AnyTail, AnyShape)
            .Sample(
                (p, freedom) =>
                {
                    var t = StudentDistribution.Quantile(p, freedom);
                    AssertTail(p, StudentDistribution.Cumulative(t, freedom), freedom, 1 / (t * t));
                }
            );

    [Fact]
    public void An_F_quantile_has_its_tail() =>
        Gen.Select(AnyTail, AnyShape, AnyShape)
            .Sample(
                (p, numerator, denominator) =>
                {
                    var x = FDistribution.Quantile(p, numerator, denominator);
                    AssertTail(p, FDistribution.Cumulative(x, numerator, denominator), numerator, x);
                }
            );

    /// <summary>A rounding of the quantile moves its tail by up to about the shape times as much; subnormals are left out.</summary>
    static void AssertTail(double expected, double actual, double shape, double quantile)
    {
        if (quantile > 1e-290)
            Compare.AssertNear(expected, actual, 1e-13 * (10 + shape), what: $"at {quantile:R}");
    }

    [Fact]
    public void Poisson_tails_are_sums_of_probabilities()
    {
        var (sum, mean) = (0.0, 7.3);
        for (var k = 0; k < 30; k++)
        {
            sum += Math.Exp(PoissonDistribution.LogProbability(k, mean));
            Compare.AssertNear(sum, PoissonDistribution.Cumulative(k, mean), 1e-13);
            Compare.AssertNear(1 - sum, PoissonDistribution.Upper(k, mean), 1e-12, 1e-2);
        }
    }
}
