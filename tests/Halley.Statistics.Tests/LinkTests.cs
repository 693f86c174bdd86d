using CsCheck;

namespace Halley.Statistics.Tests;

public sealed class LinkTests
{
    static readonly Gen<Link> AnyLink = Gen.OneOf(
        Link.Identity,
        Link.Log,
        Link.Logit,
        Link.Reciprocal,
        Link.Probit,
        Link.ComplementaryLogLog,
        Link.Power(0.5),
        Link.Power(-2),
        Link.Power(1.0 / 3)
    );

    // Positive, because the inverse and power links need it.
    static readonly Gen<double> AnyEta = Gen.Double[0.05, 3];

    [Fact]
    public void The_derivative_is_the_slope_of_the_inverse() =>
        Gen.Select(AnyLink, AnyEta)
            .Sample(
                (link, eta) =>
                {
                    var h = 1e-4 * eta;
                    var slope = (link.Inverse(eta + h) - link.Inverse(eta - h)) / (2 * h);
                    return Compare.Near(slope, link.InverseDerivative(eta), 1e-6, 1e-3);
                }
            );

    [Fact]
    public void The_second_derivative_is_the_slope_of_the_derivative() =>
        Gen.Select(AnyLink, AnyEta)
            .Sample(
                (link, eta) =>
                {
                    var h = 1e-4 * eta;
                    var slope = (link.InverseDerivative(eta + h) - link.InverseDerivative(eta - h)) / (2 * h);
                    return Compare.Near(slope, link.InverseSecondDerivative(eta), 1e-6, 1e-3);
                }
            );

    [Fact]
    public void The_inverse_undoes_the_link() =>
        Gen.Select(AnyLink, AnyEta).Sample((link, eta) => Compare.Near(eta, link.Apply(link.Inverse(eta)), 1e-9));

    [Fact]
    public void Negative_eta_is_the_mirror_of_positive_eta_under_logit_and_probit() =>
        Gen.Select(Gen.OneOf(Link.Logit, Link.Probit), Gen.Double[0, 30])
            .Sample(
                (link, eta) =>
                    Compare.Near(1, link.Inverse(eta) + link.Inverse(-eta), 1e-15)
                    && link.InverseDerivative(eta) == link.InverseDerivative(-eta)
            );

    [Fact]
    public void A_span_has_the_bits_of_its_rows() =>
        Gen.Select(AnyLink, AnyEta.Array[0, 20])
            .Sample(
                (link, eta) =>
                {
                    var mu = (double[])eta.Clone();
                    link.Inverse(mu, mu);
                    return mu.Select(BitConverter.DoubleToInt64Bits)
                        .SequenceEqual(eta.Select(link.Inverse).Select(BitConverter.DoubleToInt64Bits));
                }
            );

    [Fact]
    public void A_name_read_again_is_the_same_link() =>
        AnyLink.Sample(link => Link.TryParse(link.Name, out var again) && again == link);

    [Theory]
    [InlineData("Log")]
    [InlineData("power(0)")]
    [InlineData("power(NaN)")]
    [InlineData("power()")]
    [InlineData(null)]
    public void Other_names_are_no_links(string? name) => Assert.False(Link.TryParse(name, out _));

    [Fact]
    public void The_square_root_is_a_power() => Assert.True(Link.TryParse("sqrt", out var link) && link == Link.Power(0.5));

    [Fact]
    public void The_tails_keep_their_relative_accuracy()
    {
        Compare.AssertNear(Math.Exp(-700), Link.Logit.InverseDerivative(700), 1e-14);
        Compare.AssertNear(Math.Exp(-700), Link.Logit.Inverse(-700), 1e-14);
        Compare.AssertNear(Math.Exp(-50), Link.ComplementaryLogLog.Inverse(-50), 1e-14);
        Compare.AssertNear(-50, Link.ComplementaryLogLog.Apply(Math.Exp(-50)), 1e-14);
    }

    [Fact]
    public void A_short_result_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Link.Log.Inverse(new double[3], new double[2]));
        Assert.StartsWith("3 values of eta need a span of at least that length, not 2.", error.Message, StringComparison.Ordinal);
    }
}
