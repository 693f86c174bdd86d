namespace Halley.Statistics.Tests;

/// <summary>R's conventions of <c>logLik</c> and <c>AIC</c>, each formula written out from <c>stats</c>' family functions.</summary>
public sealed class LikelihoodTests
{
    static readonly double[] Mu = [0.8, 2.5, 1.5, 4.2, 0.6];
    static readonly double[] Weight = [1, 2.5, 0, 0.5, 3];

    // R's help page of glm: clotting times of lot 1, McCullagh and Nelder (1989), 300-2. R prints AIC: 37.99, deviance 0.01673.
    [Fact]
    public void The_clotting_example_has_the_aic_that_R_prints()
    {
        double[] u = [5, 10, 15, 20, 30, 40, 60, 80, 100];
        double[] lot1 = [118, 58, 42, 35, 27, 25, 21, 19, 18];
        var mu = u.Select(x => 1 / (-0.01655438172 + 0.01534311415 * Math.Log(x))).ToArray();
        Assert.Equal(0.01673, Family.Gamma.Deviance(lot1, mu), 1e-5);
        Assert.Equal(37.99, Family.Gamma.Aic(lot1, mu, [], 2), 5e-3);
    }

    // aic: −2·Σ wt·dgamma(y, 1/disp, scale = mu·disp, log = TRUE) + 2 with disp = dev/Σ wt.
    [Fact]
    public void Gamma_weights_multiply_the_log_density()
    {
        double[] y = [1, 2, 9, 5, 0.5];
        var disp = Family.Gamma.Deviance(y, Mu, Weight) / Weight.Sum();
        var shape = 1 / disp;
        var sum = 0.0;
        for (var i = 0; i < y.Length; i++)
            sum +=
                Weight[i]
                * (
                    (shape - 1) * Math.Log(y[i])
                    - y[i] / (Mu[i] * disp)
                    - shape * Math.Log(Mu[i] * disp)
                    - GammaFunction.Log(shape)
                );
        Compare.AssertNear(-2 * sum + 2 + 2 * 3, Family.Gamma.Aic(y, Mu, Weight, 3), 1e-13);
    }

    // aic: n·(log(2π·dev/n) + 1) + 2 − Σ log wt, over the n rows of positive weight.
    [Fact]
    public void Gaussian_dispersion_counts_rows_and_zero_weights_leave_them()
    {
        double[] y = [1, 2, 100, 5, 0.5];
        var deviance = Family.Gaussian.Deviance(y, Mu, Weight);
        var logs = Weight.Where(w => w > 0).Sum(Math.Log);
        var aic = 4 * (Math.Log(2 * Math.PI * deviance / 4) + 1) + 2 - logs + 2 * 3;
        Compare.AssertNear(aic, Family.Gaussian.Aic(y, Mu, Weight, 3), 1e-13);
    }

    // aic: −2·Σ wt·dpois(y, mu, log = TRUE).
    [Fact]
    public void Poisson_weights_multiply_the_log_probability()
    {
        double[] y = [1, 2, 9, 5, 0];
        double[] logFactorial = [0, Math.Log(2), Math.Log(362880), Math.Log(120), 0];
        var sum = 0.0;
        for (var i = 0; i < y.Length; i++)
            sum += Weight[i] * (y[i] * Math.Log(Mu[i]) - Mu[i] - logFactorial[i]);
        Compare.AssertNear(-2 * sum + 2 * 3, Family.Poisson.Aic(y, Mu, Weight, 3), 1e-13);
    }

    // aic: −2·Σ dbinom(round(wt·y), round(wt), mu, log = TRUE): 3 of 5 at 0.4 and 1 of 1 at 0.7.
    [Fact]
    public void Binomial_weights_are_rounded_trials()
    {
        var sum = Math.Log(10 * Math.Pow(0.4, 3) * Math.Pow(0.6, 2)) + Math.Log(0.7);
        Compare.AssertNear(-2 * sum + 2 * 2, Family.Binomial.Aic([0.6, 1], [0.4, 0.7], [5, 1], 2), 1e-13);
        // 0.61·5 is 3.05 successes, which counts as 3.
        Compare.AssertNear(-2 * sum + 2 * 2, Family.Binomial.Aic([0.61, 1], [0.4, 0.7], [5, 1], 2), 1e-13);
    }

    [Fact]
    public void Tweedie_weights_divide_the_dispersion_which_counts_as_a_parameter()
    {
        double[] y = [1, 0, 9, 5, 0.5];
        var family = new TweedieFamily(1.5);
        var phi = Family.Tweedie(1.5).Deviance(y, Mu, Weight) / 4;
        var sum = 0.0;
        for (var i = 0; i < y.Length; i++)
            sum += Weight[i] > 0 ? family.LogLikelihood(y[i], Mu[i], 1, phi / Weight[i]) : 0;
        Compare.AssertNear(-2 * sum + 2 * 4, Family.Tweedie(1.5).Aic(y, Mu, Weight, 3), 1e-13);
    }
}
