namespace Halley.Forecasting.Tests;

/// <summary>Complex exponential smoothing against statsforecast 2.1.1.</summary>
public class CesOracleTests
{
    static readonly Dictionary<string, CesSeason> Forms = new()
    {
        ["N"] = CesSeason.None,
        ["S"] = CesSeason.Simple,
        ["P"] = CesSeason.Partial,
        ["F"] = CesSeason.Full,
    };

    [Fact]
    public void Fixed_parameters_give_the_recursion_of_the_oracle()
    {
        var seen = new HashSet<CesSeason>();
        foreach (var oracle in Oracle.Cases("ces_sf").Where(oracle => oracle.Has("fixed")))
        {
            var (series, form, given) = (Oracle.Series(oracle), Forms[oracle.Text("model")], oracle.GetProperty("fixed"));
            var name = $"{series.Id} {form}";
            seen.Add(form);
            var fit = CesFit.At(
                form,
                new(given.Number("alpha_0"), given.Number("alpha_1"), given.NumberOr("beta_0", 0), given.NumberOr("beta_1", 0)),
                series.Values,
                series.Season
            );
            var scale = series.Values.Average();
            Oracle.Near(given.Numbers("fitted"), fit.Fitted, 1e-9, name + " fitted", scale);
            Oracle.Near(given.Number("loglik"), fit.LogLikelihood, 1e-9, name + " loglik");
            Oracle.Near(given.Number("aicc"), fit.Aicc, 1e-9, name + " aicc");
            var mean = given.Numbers("mean");
            Oracle.Near(mean, fit.Forecast(mean.Length).Mean, 1e-9, name + " mean", scale);
        }
        Assert.Equal(4, seen.Count);
    }

    [Fact]
    public void Fitted_likelihoods_reach_those_of_the_oracle()
    {
        // Valleys at the edge of stability are narrow and many: a few series end in a neighbouring one, two units of likelihood off at most.
        const int Neighbouring = 4;
        var (worse, count) = (new List<string>(), 0);
        foreach (var oracle in Oracle.Cases("ces_sf").Where(oracle => oracle.Has("fitted")))
        {
            var (series, form, theirs) = (Oracle.Series(oracle), Forms[oracle.Text("model")], oracle.GetProperty("fitted"));
            var fit = (CesFit)new CesForecaster(form).Fit(series, TestContext.Current.CancellationToken);
            count++;
            Assert.True(fit.LogLikelihood >= theirs.Number("loglik") - 2.5, series.Id);
            if (!(fit.LogLikelihood >= theirs.Number("loglik") - 1e-4))
                worse.Add(
                    $"{series.Id} {form}: {theirs.Number("loglik"):F5}, ours {fit.LogLikelihood:F5} {fit.Parameters}; {theirs}"
                );
        }
        Assert.True(count > 80 && worse.Count <= Neighbouring, $"{count}\n" + string.Join('\n', worse.Take(20)));
    }

    [Fact]
    public void Deviations_are_those_of_simulated_errors()
    {
        var series = Oracle.Series("m3:N1535");
        var fit = CesFit.At(CesSeason.Full, new(1.1, 1, 0.2, 0.9), series.Values, 12);
        var sd = fit.Forecast(14).Steps.Cast<NormalStep>().Select(step => step.StandardDeviation).ToArray();
        // One error of 1 at the first step moves what follows by c_j; a model continued over that value shows c_j.
        var mean = fit.Forecast(14).Mean;
        var variance = fit.Sigma2;
        Assert.Equal(Math.Sqrt(variance), sd[0], 9);
        for (var h = 1; h < 14; h++)
        {
            var response = fit.Continue([mean[0] + 1], 13)[h - 1] - mean[h];
            variance += fit.Sigma2 * response * response;
            Oracle.Near(Math.Sqrt(variance), sd[h], 1e-7, $"step {h + 1}");
        }
    }
}
