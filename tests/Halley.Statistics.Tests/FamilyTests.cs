using CsCheck;

namespace Halley.Statistics.Tests;

public sealed class FamilyTests
{
    static readonly Gen<Family> AnyFamily = Gen.OneOf(
        Gen.OneOf(
            Family.Gaussian,
            Family.Poisson,
            Family.Gamma,
            Family.Binomial,
            Family.InverseGaussian,
            Family.QuasiPoisson,
            Family.QuasiBinomial
        ),
        Gen.Double[1.05, 1.95].Select(Family.Tweedie),
        Gen.Double[0.1, 50].Select(Family.NegativeBinomial)
    );

    /// <summary>A family with a y and a μ inside its domains, in the binomial's range.</summary>
    static readonly Gen<(Family Family, double Y, double Mu)> AnyRow = Gen.Select(
        AnyFamily,
        Gen.Double[0.01, 0.99],
        Gen.Double[0.01, 0.99]
    );

    [Fact]
    public void The_deviance_is_zero_at_the_mean_and_positive_elsewhere() =>
        AnyRow.Sample(
            (family, y, mu) =>
                Math.Abs(family.UnitDeviance(y, y)) < 1e-14 && (family.UnitDeviance(y, mu) > 0 || Math.Abs(y - mu) < 1e-6)
        );

    // d(y, μ) = 2 ∫ (y − t)/V(t) dt from μ to y, so its slope in μ is −2 (y − μ)/V(μ).
    [Fact]
    public void The_deviance_has_the_slope_that_the_variance_gives() =>
        AnyRow.Sample(
            (family, y, mu) =>
            {
                var h = 1e-5 * mu * (1 - mu);
                var slope = (family.UnitDeviance(y, mu + h) - family.UnitDeviance(y, mu - h)) / (2 * h);
                return Compare.Near(-2 * (y - mu) / family.Variance(mu), slope, 1e-6, 1e-3 / family.Variance(mu));
            }
        );

    // To second order d = (y − μ)²/V(μ): here the third is a millionth of it, and cancellation would be far more.
    [Fact]
    public void The_deviance_keeps_its_digits_near_the_mean() =>
        AnyRow.Sample(
            (family, _, mu) =>
            {
                var y = mu * (1 + 1e-6);
                return Compare.Near((y - mu) * (y - mu) / family.Variance(mu), family.UnitDeviance(y, mu), 1e-4);
            }
        );

    [Fact]
    public void The_canonical_link_has_the_slope_of_one_over_the_variance() =>
        AnyRow.Sample(
            (family, _, mu) =>
            {
                if (family.CanonicalLink is not { } link)
                    return family.Name.StartsWith("negbinomial", StringComparison.Ordinal);
                var h = 1e-5 * mu * (1 - mu);
                var slope = (link.Apply(mu + h) - link.Apply(mu - h)) / (2 * h);
                // Up to a constant factor: R's inverse and power links leave out the sign and 1/(1 − p).
                var constant = family.Name[0] switch
                {
                    'g' when family == Family.Gamma => -1,
                    'i' => -2,
                    't' => 1 - double.Parse(family.Name[8..^1]),
                    _ => 1,
                };
                return Compare.Near(constant / family.Variance(mu), slope, 1e-6);
            }
        );

    [Theory]
    [InlineData("poisson", 0, 0.3, 0.6)]
    [InlineData("poisson", 3, 1.5, 1.1588830833596715)]
    [InlineData("gamma", 2, 5, 0.6325814637483102)]
    [InlineData("gaussian", 2, 5, 9)]
    [InlineData("binomial", 0, 0.3, 0.7133498878774648)]
    [InlineData("binomial", 1, 0.3, 2.4079456086518722)]
    [InlineData("tweedie(1.5)", 0, 4, 8)]
    [InlineData("tweedie(1.5)", 9, 4, 2)]
    [InlineData("inversegaussian", 2, 4, 0.125)]
    [InlineData("negbinomial(2)", 0, 2, 2.772588722239781)]
    [InlineData("negbinomial(2)", 6, 2, 2.092992575058192)]
    [InlineData("quasipoisson", 0, 0.3, 0.6)]
    [InlineData("quasibinomial", 0, 0.3, 0.7133498878774648)]
    public void Unit_deviances_have_their_hand_computed_values(string family, double y, double mu, double deviance) =>
        Compare.AssertNear(deviance, Family.Parse(family).UnitDeviance(y, mu), 1e-14);

    [Theory]
    [InlineData("poisson", 0, true)]
    [InlineData("poisson", -1, false)]
    [InlineData("gamma", 0, false)]
    [InlineData("gamma", 1e-300, true)]
    [InlineData("tweedie(1.5)", 0, true)]
    [InlineData("binomial", 1, true)]
    [InlineData("binomial", 1.01, false)]
    [InlineData("gaussian", -5, true)]
    [InlineData("gaussian", double.PositiveInfinity, false)]
    [InlineData("poisson", double.NaN, false)]
    [InlineData("inversegaussian", 0, false)]
    [InlineData("negbinomial(1)", 0, true)]
    [InlineData("negbinomial(1)", -1, false)]
    [InlineData("quasipoisson", -1, false)]
    [InlineData("quasibinomial", 1.01, false)]
    [InlineData("gamma", double.PositiveInfinity, false)]
    public void Domains_have_the_right_ends(string name, double y, bool inside)
    {
        var family = Family.Parse(name);
        Assert.Equal(inside, family.InDomain(y));
        Assert.Equal(inside ? -1 : 1, family.IndexOutsideDomain([0.5, y]));
    }

    [Fact]
    public void The_default_links_and_domains_are_those_of_the_guide() =>
        Assert.Equal(
            ["log y ≥ 0", "log y > 0", "logit 0 ≤ y ≤ 1", "identity finite y", "log y ≥ 0"],
            new[] { Family.Poisson, Family.Gamma, Family.Binomial, Family.Gaussian, Family.Tweedie(1.5) }.Select(f =>
                $"{f.DefaultLink} {f.Domain}"
            )
        );

    [Fact]
    public void A_family_whose_own_parameter_is_estimated_has_a_name_without_it()
    {
        Assert.Equal(("tweedie", "negbinomial"), (Family.TweedieEstimated.Name, Family.NegativeBinomialEstimated.Name));
        Assert.True(Family.Parse("tweedie").IsShapeEstimated && Family.Parse("negbinomial").IsShapeEstimated);
        Assert.False(Family.Parse("tweedie(1.5)").IsShapeEstimated || Family.Parse("negbinomial(1)").IsShapeEstimated);
    }

    // ln f is −d/2φ up to terms in y alone: its slope in μ is (y − μ)/V(μ).
    [Fact]
    public void The_likelihood_of_the_new_families_has_the_slope_that_the_variance_gives() =>
        Gen.Select(
                Gen.OneOf(Gen.Const(Family.InverseGaussian), Gen.Double[0.1, 50].Select(Family.NegativeBinomial)),
                Gen.Double[0.1, 5],
                Gen.Double[0.1, 5]
            )
            .Sample(
                (family, y, mu) =>
                {
                    var h = 1e-5 * mu;
                    var slope = (family.LogLikelihood(y, mu + h, 1, 1) - family.LogLikelihood(y, mu - h, 1, 1)) / (2 * h);
                    return Compare.Near((y - mu) / family.Variance(mu), slope, 1e-6, 1e-1 / family.Variance(mu));
                }
            );

    [Fact]
    public void The_slopes_of_the_likelihood_in_the_families_own_parameters_are_those_of_finite_differences() =>
        Gen.Select(Gen.Double[0.3, 20], Gen.Double[1.1, 1.9], Gen.OneOf(Gen.Const(0.0), Gen.Double[0.1, 8]), Gen.Double[0.1, 5])
            .Sample(
                (theta, power, y, mu) =>
                {
                    const double h = 1e-4;
                    double Negative(double shape) => Family.NegativeBinomial(shape).LogLikelihood(y, mu, 2, 1);
                    double Tweedie(double logPhi) => Family.Tweedie(power).LogLikelihood(y, mu, 2, Math.Exp(logPhi));
                    var (slope, curvature) = new NegativeBinomialFamily(theta).ShapeDerivatives(y, mu, 2);
                    var (phiSlope, phiCurvature) = new TweedieFamily(power).DispersionDerivatives(y, mu, 2, theta);
                    var at = Math.Log(theta);
                    return Compare.Near((Negative(theta + h) - Negative(theta - h)) / (2 * h), slope, 1e-6, 1)
                        && Compare.Near(SecondOf(Negative, theta, h), curvature, 1e-3, 1)
                        && Compare.Near((Tweedie(at + h) - Tweedie(at - h)) / (2 * h), phiSlope, 1e-6, 10)
                        && Compare.Near(SecondOf(Tweedie, at, h), phiCurvature, 1e-3, 1);
                }
            );

    static double SecondOf(Func<double, double> function, double at, double h) =>
        (function(at + h) - 2 * function(at) + function(at - h)) / (h * h);

    [Fact]
    public void A_name_read_again_is_the_same_family() => AnyFamily.Sample(family => Family.Parse(family.Name) == family);

    [Fact]
    public void An_unknown_name_is_answered_with_those_there_are()
    {
        var error = Assert.Throws<FormatException>(() => Family.Parse("tweedie(2)"));
        Assert.Equal(
            "family 'tweedie(2)' is not one of gaussian, poisson, quasipoisson, negbinomial (theta estimated), negbinomial(theta), "
                + "gamma, inversegaussian, tweedie (power estimated), tweedie(p) with 1 < p < 2, binomial, quasibinomial.",
            error.Message
        );
        Assert.StartsWith(
            "a Tweedie power is between 1 and 2, both excluded.",
            Assert.Throws<ArgumentOutOfRangeException>(() => Family.Tweedie(1)).Message,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "a negative binomial's theta is positive and finite.",
            Assert.Throws<ArgumentOutOfRangeException>(() => Family.NegativeBinomial(0)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Weight_two_is_the_row_twice() =>
        AnyRow.Sample(
            (family, y, mu) =>
                Compare.Near(family.Deviance([y, y], [mu, mu]), family.Deviance([y], [mu], [2]), 1e-14)
                && Compare.Near(family.PearsonStatistic([y, y], [mu, mu]), family.PearsonStatistic([y], [mu], [2]), 1e-14)
        );

    [Fact]
    public void Spans_of_different_length_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Family.Poisson.Deviance(new double[3], new double[2]));
        Assert.StartsWith("the spans must have one length: 3 rows are expected, not 2.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_visitor_gets_the_formulas() =>
        AnyRow.Sample((family, y, mu) => family.Accept(new UnitDevianceOf(y, mu)) == family.UnitDeviance(y, mu));

    sealed record UnitDevianceOf(double Y, double Mu) : IFamilyVisitor<double>
    {
        public double Visit<TFamily>(TFamily family)
            where TFamily : struct, IFamily => family.UnitDeviance(Y, Mu);
    }
}
