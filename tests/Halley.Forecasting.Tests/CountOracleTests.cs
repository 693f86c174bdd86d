namespace Halley.Forecasting.Tests;

/// <summary>Counts with a discounted gamma rate against a recursion checked by quadrature.</summary>
public class CountOracleTests
{
    [Fact]
    public void Given_discounts_give_the_recursion_of_the_oracle()
    {
        var varying = 0;
        foreach (var oracle in Oracle.Cases("counts").Where(oracle => oracle.Has("discount")))
        {
            var hasExposure = oracle.Text("exposure_kind") == "varying";
            var series = Oracle.Series(oracle) with { Exposure = hasExposure ? oracle.Numbers("exposure") : null };
            var (fit, name) = (
                CountFit.At(series, new(oracle.Number("discount"), 0, [])),
                $"{series.Id} {oracle.Number("discount")}"
            );
            varying += hasExposure ? 1 : 0;
            Oracle.Near(oracle.Number("loglik"), fit.LogLikelihood, 1e-9, name + " loglik");
            Oracle.Near(oracle.Number("a"), fit.Shape, 1e-7, name + " shape");
            Oracle.Near(oracle.Number("b"), fit.Rate, 1e-7, name + " rate");
            Oracle.Near(oracle.Numbers("one_step_means"), fit.Fitted, 1e-9, name + " fitted");
            var future = new SeriesFuture { Exposure = hasExposure ? [oracle.Number("forecast_exposure")] : null };
            var step = (NegativeBinomialStep)fit.Forecast(1, future).Steps[0];
            Oracle.Near(oracle.Number("forecast_mean"), step.Mean, 1e-7, name + " mean");
            Oracle.Near(oracle.Number("forecast_variance"), step.Variance, 1e-7, name + " variance");
            foreach (var quantile in oracle.GetProperty("forecast_quantiles").EnumerateObject())
                Assert.Equal(quantile.Value.GetDouble(), step.Quantile(double.Parse(quantile.Name)));
        }
        Assert.True(varying > 20);
    }

    [Fact]
    public void Fitted_likelihoods_reach_those_of_the_oracle()
    {
        foreach (var oracle in Oracle.Cases("counts").Where(oracle => oracle.Has("discount_by_maximum_likelihood")))
        {
            var series = Oracle.Series(oracle);
            if (oracle.Text("exposure_kind") == "varying")
                series = series with { Exposure = Exposures(series.Id) };
            var fit = (CountFit)
                new CountForecaster(seasonal: false, trend: false).Fit(series, TestContext.Current.CancellationToken);
            Assert.True(fit.LogLikelihood >= oracle.Number("loglik") - 1e-6, $"{series.Id}: {fit.LogLikelihood}");
        }
    }

    [Fact]
    public void Twice_the_exposure_is_twice_the_count_and_nothing_is_negative()
    {
        var series = new TimeSeries
        {
            Id = "claims",
            Values = [3, 0, 5, 4, 0, 0, 7, 2, 3, 4],
            Exposure = [10, 12, 11, 10, 12, 13, 11, 12, 12, 11],
        };
        var fit = new CountForecaster().Fit(series, TestContext.Current.CancellationToken);
        var forecast = fit.Forecast(2, new() { Exposure = [10, 20] });
        Assert.Equal(2 * forecast.Mean[0], forecast.Mean[1], 12);
        Assert.All(forecast.Quantile(0.01), value => Assert.True(value >= 0));
        var error = Assert.Throws<Data.HalleyException>(() => fit.Forecast(2, new() { Exposure = [10] }));
        Assert.Contains("series 'claims': its exposure 2 steps after the end", error.Message);
    }

    [Fact]
    public void A_season_and_a_growth_of_the_rate_are_found()
    {
        var (random, values) = (new Kernels.DeterministicRandom(5), new double[120]);
        for (var t = 0; t < values.Length; t++)
            values[t] = Math.Round(
                200 * Math.Exp(0.01 * t) * (1 + 0.4 * Math.Sin(2 * Math.PI * t / 12)) + 10 * random.NextNormal()
            );
        var fit = (CountFit)
            new CountForecaster().Fit(
                new()
                {
                    Id = "s",
                    Values = values,
                    Seasons = [12],
                },
                TestContext.Current.CancellationToken
            );
        Assert.Equal(12, fit.Parameters.Season.Length);
        Assert.InRange(fit.Parameters.Growth, 0.008, 0.012);
        Assert.InRange(fit.Parameters.Season[3], 1.3, 1.5);
    }

    static double[] Exposures(string series) =>
        Oracle.Cases("counts").First(oracle => oracle.Text("series") == series && oracle.Has("exposure")).Numbers("exposure");
}
