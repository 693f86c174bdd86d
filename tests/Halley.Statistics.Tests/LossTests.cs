using CsCheck;
using Halley.Kernels;

namespace Halley.Statistics.Tests;

public sealed class LossTests
{
    static readonly Gen<(double Power, double Y, double Eta)> AnyRow = Gen.Select(
        Gen.Double[1.05, 1.95],
        Gen.Frequency((1, Gen.Const(0.0)), (4, Gen.Double[0.001, 8])),
        Gen.Double[-4, 4]
    );

    [Fact]
    public void Poisson_derivatives_are_the_slopes() => AnyRow.Sample((_, y, eta) => SlopesHold(new PoissonLogLoss(), y, eta));

    [Fact]
    public void Gamma_derivatives_are_the_slopes() => AnyRow.Sample((_, y, eta) => SlopesHold(new GammaLogLoss(), y + 0.1, eta));

    [Fact]
    public void Tweedie_derivatives_are_the_slopes() =>
        AnyRow.Sample((power, y, eta) => SlopesHold(new TweedieLogLoss(power), y, eta));

    [Fact]
    public void Bernoulli_derivatives_are_the_slopes() =>
        AnyRow.Sample((_, y, eta) => SlopesHold(new BernoulliLogitLoss(), y / 8, 4 * eta));

    [Fact]
    public void Squared_error_derivatives_are_the_slopes() =>
        AnyRow.Sample((_, y, eta) => SlopesHold(new SquaredError(), y, eta));

    [Fact]
    public void Negative_binomial_derivatives_are_the_slopes() =>
        AnyRow.Sample((power, y, eta) => SlopesHold(new NegativeBinomialLogLoss(power - 1), y, eta));

    // Away from the places where the slope breaks off.
    [Fact]
    public void Huber_and_pinball_gradients_are_the_slopes_and_their_parabola_lies_above() =>
        AnyRow.Sample(
            (power, y, eta) =>
                (Math.Abs(Math.Abs(y - eta) - power) < 1e-3 || GradientHolds(new HuberLoss(power), y, eta))
                && IsBelowItsParabola(new HuberLoss(power), y, eta)
                && (Math.Abs(y - eta) < 1e-3 || GradientHolds(new PinballLoss(power - 1), y, eta))
        );

    [Fact]
    public void Zero_inflated_gradients_are_the_slopes_and_the_curvature_is_an_upper_bound() =>
        AnyRow.Sample(
            (power, y, eta) =>
            {
                var loss = new ZeroInflatedPoissonLoss(power - 1);
                var (h, hessian) = (1e-5, loss.Derivatives(y, eta).Hessian);
                var curvature = (loss.Derivatives(y, eta + h).Gradient - loss.Derivatives(y, eta - h).Gradient) / (2 * h);
                return GradientHolds(loss, y, eta) && hessian >= 0 && hessian >= curvature - 1e-5;
            }
        );

    [Fact]
    public void Zero_inflated_loss_is_the_negative_log_likelihood()
    {
        // π = 0.3, mean 1.4, so λ = 2: f(0) = 0.3 + 0.7·e⁻², f(3) = 0.7·e⁻²·8/6.
        var (loss, eta) = (new ZeroInflatedPoissonLoss(0.3), Math.Log(1.4));
        Compare.AssertNear(-Math.Log(0.3 + 0.7 * Math.Exp(-2)), loss.Loss(0, eta), 1e-14);
        Compare.AssertNear(-Math.Log(0.7 * Math.Exp(-2) * 8 / 6) - Math.Log(6), loss.Loss(3, eta), 1e-14);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    public void Shares_and_levels_lie_between_0_and_1(double value)
    {
        Assert.StartsWith(
            "a quantile's level lies between 0 and 1.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new PinballLoss(value)).Message
        );
        Assert.StartsWith(
            "a share of zeros lies between 0 and 1.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new ZeroInflatedPoissonLoss(value)).Message
        );
        Assert.StartsWith(
            "Huber's delta is positive and finite.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new HuberLoss(-value)).Message
        );
    }

    // ℓ(y, η₁) − ℓ(y, η₂) is half the difference of the unit deviances.
    [Fact]
    public void A_loss_is_half_the_deviance_up_to_a_term_in_y() =>
        AnyRow.Sample(
            (power, y, eta) =>
                IsHalfDeviance(new PoissonLogLoss(), y, eta)
                && IsHalfDeviance(new GammaLogLoss(), y + 0.1, eta)
                && IsHalfDeviance(new TweedieLogLoss(power), y, eta)
                && IsHalfDeviance(new BernoulliLogitLoss(), y / 8, eta)
                && IsHalfDeviance(new SquaredError(), y, eta)
                && IsHalfDeviance(new NegativeBinomialLogLoss(power - 1), y, eta)
        );

    [Fact]
    public void The_generator_reaches_zero_and_both_signs()
    {
        var (zero, low, high) = (0, 0, 0);
        AnyRow.Sample(
            (_, y, eta) =>
            {
                zero += y == 0 ? 1 : 0;
                low += eta < -3 ? 1 : 0;
                high += eta > 3 ? 1 : 0;
            },
            iter: 5000,
            threads: 1
        );
        Assert.True(Math.Min(zero, Math.Min(low, high)) > 100, $"{zero} {low} {high}");
    }

    [Fact]
    public void Bernoulli_loss_does_not_overflow_and_its_hessian_does_not_vanish_early()
    {
        var loss = new BernoulliLogitLoss();
        Assert.Equal(800, loss.Loss(0, 800));
        Assert.Equal(0, loss.Loss(1, 800));
        Compare.AssertNear(Math.Exp(-600), loss.Derivatives(1, 600).Hessian, 1e-14);
        Compare.AssertNear(Math.Exp(-600), loss.Derivatives(1, -600).Hessian, 1e-14);
    }

    [Fact]
    public void Rows_are_weighted()
    {
        var (gradient, hessian) = (new double[2], new double[2]);
        HalfDeviances.Derivatives(new SquaredError(), [1, 5], [3, 3], [1, 10], gradient, hessian);
        Assert.Equal([2, -20], gradient);
        Assert.Equal([1, 10], hessian);
        Assert.Equal(22, HalfDeviances.Sum(new SquaredError(), [1, 5], [3, 3], [1, 10]));
        Assert.Equal(4, HalfDeviances.Sum(new SquaredError(), [1, 5], [3, 3]));
    }

    [Fact]
    public void Rows_together_have_the_bits_of_rows_apart()
    {
        AssertSameBits(new PoissonLogLoss());
        AssertSameBits(new GammaLogLoss());
        AssertSameBits(new TweedieLogLoss(1.6));
        AssertSameBits(new BernoulliLogitLoss());
        AssertSameBits(new SquaredError());
        AssertSameBits(new HuberLoss(0.8));
        AssertSameBits(new PinballLoss(0.9));
        AssertSameBits(new NegativeBinomialLogLoss(1.7));
        AssertSameBits(new ZeroInflatedPoissonLoss(0.2));
    }

    static void AssertSameBits<TLoss>(TLoss loss)
        where TLoss : struct, IHalfDeviance
    {
        foreach (var n in new[] { 0, 1, 7, 9, 1031 })
        {
            var y = Enumerable.Range(0, n).Select(i => CounterRandom.Uniform(1, 1, (ulong)i)).ToArray();
            var eta = Enumerable.Range(0, n).Select(i => 3 * CounterRandom.Normal(1, 2, (ulong)i)).ToArray();
            var weight = Enumerable.Range(0, n).Select(i => CounterRandom.Uniform(1, 3, (ulong)i)).ToArray();
            var (gradient, hessian, plain) = (new double[n], new double[n], 0.0);
            HalfDeviances.Derivatives(loss, y, eta, weight, gradient, hessian);
            var (gradientToo, hessianToo) = (new double[y.Length], new double[y.Length]);
            var sum = HalfDeviances.SumWithDerivatives(loss, y, eta, weight, gradientToo, hessianToo);
            Assert.Equal(HalfDeviances.Sum(loss, y, eta, weight), sum);
            Assert.Equal(gradient, gradientToo);
            Assert.Equal(hessian, hessianToo);
            for (var i = 0; i < n; i++)
            {
                var row = loss.Derivatives(y[i], eta[i]);
                Assert.Equal((weight[i] * row.Gradient, weight[i] * row.Hessian), (gradient[i], hessian[i]));
                plain += weight[i] * loss.Loss(y[i], eta[i]);
            }
            Compare.AssertNear(plain, HalfDeviances.Sum(loss, y, eta, weight), 1e-12, 1);
        }
    }

    static bool SlopesHold<TLoss>(TLoss loss, double y, double eta)
        where TLoss : struct, IHalfDeviance
    {
        const double h = 1e-5;
        var (gradient, hessian) = loss.Derivatives(y, eta);
        var slope = (loss.Loss(y, eta + h) - loss.Loss(y, eta - h)) / (2 * h);
        var curvature = (loss.Derivatives(y, eta + h).Gradient - loss.Derivatives(y, eta - h).Gradient) / (2 * h);
        // Rounding of the loss, up to about 1e-15·16, is divided by 2h.
        var scale = 1e-2 * (1 + Math.Abs(loss.Loss(y, eta)) + hessian);
        return Compare.Near(gradient, slope, 1e-6, scale) && Compare.Near(hessian, curvature, 1e-6, 1e-4);
    }

    static bool GradientHolds<TLoss>(TLoss loss, double y, double eta)
        where TLoss : struct, IHalfDeviance
    {
        const double h = 1e-5;
        var slope = (loss.Loss(y, eta + h) - loss.Loss(y, eta - h)) / (2 * h);
        return Compare.Near(loss.Derivatives(y, eta).Gradient, slope, 1e-6, 1e-2 * (1 + Math.Abs(loss.Loss(y, eta))));
    }

    static bool IsBelowItsParabola<TLoss>(TLoss loss, double y, double eta)
        where TLoss : struct, IHalfDeviance
    {
        var ((gradient, hessian), at) = (loss.Derivatives(y, eta), loss.Loss(y, eta));
        return Enumerable
            .Range(-10, 21)
            .All(step => loss.Loss(y, eta + step) <= at + gradient * step + 0.5 * hessian * step * step + 1e-9);
    }

    static bool IsHalfDeviance<TLoss>(TLoss loss, double y, double eta)
        where TLoss : struct, IHalfDeviance
    {
        var other = eta + 0.7;
        var (first, second) = (
            loss.Family!.UnitDeviance(y, loss.Link.Inverse(eta)),
            loss.Family!.UnitDeviance(y, loss.Link.Inverse(other))
        );
        var difference = 2 * (loss.Loss(y, eta) - loss.Loss(y, other));
        return Compare.Near(first - second, difference, 1e-10, first + second);
    }
}
