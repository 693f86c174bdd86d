using Halley.Kernels;

namespace Halley.Statistics.Tests;

public sealed class DeterminismTests
{
    [Fact]
    public void Every_vector_width_gives_the_same_bits() => NarrowRuns.AssertEqualBits();

    [Fact]
    [Trait("Category", "Determinism")]
    public void Losses_leave_their_bits()
    {
        Record(new PoissonLogLoss(), "poisson");
        Record(new GammaLogLoss(), "gamma");
        Record(new TweedieLogLoss(1.5), "tweedie");
        Record(new BernoulliLogitLoss(), "bernoulli");
        Record(new SquaredError(), "squared");
    }

    [Fact]
    [Trait("Category", "Determinism")]
    public void Families_links_and_metrics_leave_their_bits()
    {
        var (y, mu, weight) = Rows(2_003);
        double[] figures =
        [
            .. new[] { Family.Poisson, Family.Gamma, Family.Tweedie(1.4), Family.Binomial, Family.Gaussian }.SelectMany(family =>
                (double[])[family.Deviance(y, mu, weight), family.LogLikelihood(y, mu, weight)]
            ),
            Metrics.Gini(y, mu, weight),
            Metrics.GiniInterval(y, mu, weight).StandardError,
            Metrics.Calibrate(Family.Binomial, Link.Logit, y, mu, weight).Slope.Value,
            StudentDistribution.Quantile(0.975, 12.5),
            ChiSquaredDistribution.Upper(40, 12.5),
            FDistribution.Quantile(0.9, 3, 7),
        ];
        Fingerprint.Record("figures", figures);
        foreach (var link in new[] { Link.Log, Link.Logit, Link.Probit, Link.ComplementaryLogLog, Link.Power(0.3) })
        {
            var inverse = new double[mu.Length];
            link.Inverse(mu, inverse);
            Fingerprint.Record(link.Name, inverse);
        }
    }

    static void Record<TLoss>(TLoss loss, string name)
        where TLoss : struct, IHalfDeviance
    {
        var (y, eta, weight) = Rows(2_003);
        var (gradient, hessian) = (new double[y.Length], new double[y.Length]);
        HalfDeviances.Derivatives(loss, y, eta, weight, gradient, hessian);
        Fingerprint.Record(name + " gradient", gradient);
        Fingerprint.Record(name + " hessian", hessian);
        Fingerprint.Record(name + " sum", [HalfDeviances.Sum(loss, y, eta, weight)]);
    }

    /// <summary>y and μ in (0, 1), the domain that all families share, and weights.</summary>
    static (double[] Y, double[] Mu, double[] Weight) Rows(int count)
    {
        var (y, mu, weight) = (new double[count], new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            y[i] = CounterRandom.Uniform(1, 1, (ulong)i);
            mu[i] = CounterRandom.Uniform(1, 2, (ulong)i);
            weight[i] = CounterRandom.Uniform(1, 3, (ulong)i);
        }
        return (y, mu, weight);
    }
}
