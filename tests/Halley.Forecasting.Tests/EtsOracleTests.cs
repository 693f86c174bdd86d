using System.Text.Json;

namespace Halley.Forecasting.Tests;

/// <summary>Exponential smoothing against R forecast 8.20, and against the paths its recursion really implies.</summary>
public class EtsOracleTests
{
    [Fact]
    public void Fixed_parameters_give_the_recursion_of_the_oracle_in_all_30_forms()
    {
        var forms = new HashSet<string>();
        foreach (var oracle in Oracle.Cases("ets_fixed"))
        {
            var (fit, name) = (At(oracle), oracle.Text("series") + " " + oracle.Text("form"));
            forms.Add(oracle.Text("form"));
            Oracle.Near(oracle.Numbers("fitted"), fit.Fitted, 1e-9, name + " fitted");
            Oracle.Near(oracle.Numbers("residuals"), fit.Residuals, 1e-9, name + " residuals", ResidualScale(fit));
            Oracle.Near(oracle.Number("loglik"), fit.LogLikelihood, 1e-9, name + " loglik");
            Oracle.Near(oracle.Number("aicc"), fit.Aicc, 1e-9, name + " aicc");
            Oracle.Near(oracle.Number("sigma2"), fit.Sigma2, 1e-9, name + " sigma2");
            Oracle.Near(oracle.Numbers("last_states"), LastStates(fit), 1e-9, name + " states", 1e-3 * fit.Last.Level);
            Assert.Equal(oracle.GetProperty("parameter_count").GetInt32(), fit.ParameterCount);
        }
        Assert.Equal(30, forms.Count);
    }

    [Fact]
    public void Fixed_parameters_give_the_correct_path_and_deviation()
    {
        foreach (var oracle in Oracle.Cases("ets_fixed"))
        {
            var (fit, name) = (At(oracle), oracle.Text("series") + " " + oracle.Text("form"));
            var path = oracle.Numbers("correct_path");
            var forecast = fit.Forecast(path.Length);
            Oracle.Near(path, forecast.Mean, 1e-9, name);
            if (!oracle.Has("correct_sd"))
                continue;
            var sd = forecast.Steps.Cast<NormalStep>().Select(step => step.StandardDeviation).ToArray();
            Oracle.Near(oracle.Numbers("correct_sd"), sd, 1e-9, name + " sd");
        }
    }

    [Fact]
    public void Products_of_level_and_season_have_the_intervals_of_the_oracle()
    {
        var seen = 0;
        foreach (var oracle in Oracle.Cases("ets_fixed").Where(oracle => oracle.Text("form") is "MNM" or "MAM"))
        {
            seen++;
            var (fit, upper) = (At(oracle), oracle.Numbers("hi95"));
            Oracle.Near(upper, fit.Forecast(upper.Length).Interval(0.95).Upper, 1e-9, oracle.Text("series"));
        }
        Assert.Equal(4, seen);
    }

    [Fact]
    public void Simulated_intervals_agree_with_the_oracles_simulation()
    {
        foreach (var oracle in Oracle.Cases("ets_fixed"))
        {
            // The oracle's own paths damp the slope wrongly.
            if (!oracle.Text("interval").StartsWith("simulated", StringComparison.Ordinal) || oracle.Text("form").Contains('d'))
                continue;
            var (fit, upper, lower) = (At(oracle), oracle.Numbers("hi95"), oracle.Numbers("lo95"));
            var sampled = SampleStep.FromPaths(fit.Paths(upper.Length, 40_000, 7), upper.Length);
            var ours = (new SeriesForecast { Mean = upper, Steps = sampled }).Interval(0.95);
            // Late steps of forms whose level may cross 0 have tails that no number of paths settles: the middle of all is compared.
            var ratios = upper.Select((_, h) => (ours.Upper[h] - ours.Lower[h]) / (upper[h] - lower[h])).Order().ToArray();
            Assert.InRange(ratios[ratios.Length / 2], 0.95, 1.05);
        }
    }

    [Fact]
    public void Fitted_likelihoods_reach_those_of_the_oracle()
    {
        var worse = new List<string>();
        foreach (var oracle in Oracle.Cases("ets_fits"))
        {
            var form = oracle.Text("form");
            var fit = (EtsFit)
                new EtsForecaster(new() { Form = form }).Fit(Oracle.Series(oracle), TestContext.Current.CancellationToken);
            if (!(fit.LogLikelihood >= oracle.Number("loglik") - 1e-4))
                worse.Add($"{oracle.Text("series")} {form}: {oracle.Number("loglik"):F5}, ours {fit.LogLikelihood:F5}");
        }
        Assert.True(worse.Count == 0, string.Join('\n', worse));
    }

    [Fact]
    public void The_automatic_choice_is_no_worse_than_the_oracles()
    {
        var worse = new List<string>();
        foreach (var oracle in Oracle.Cases("ets_auto"))
        {
            var fit = (EtsFit)new EtsForecaster().Fit(Oracle.Series(oracle), TestContext.Current.CancellationToken);
            if (!(fit.Aicc <= oracle.Number("aicc") + 0.01))
                worse.Add(
                    $"{oracle.Text("series")} {oracle.Text("form")} {oracle.Number("aicc"):F4}, ours {fit.Form} {fit.Aicc:F4}"
                );
        }
        Assert.True(worse.Count == 0, string.Join('\n', worse));
    }

    static EtsFit At(JsonElement oracle)
    {
        Assert.True(EtsForm.TryParse(oracle.Text("form"), out var form));
        var (given, states) = (oracle.GetProperty("parameters"), oracle.Numbers("initial_states"));
        var first = 1 + (form.Value.HasTrend ? 1 : 0);
        return EtsFit.At(
            form.Value,
            new()
            {
                Alpha = given.Number("alpha"),
                Beta = given.NumberOr("beta", 0),
                Gamma = given.NumberOr("gamma", 0),
                Phi = given.NumberOr("phi", 1),
                Level = states[0],
                Slope = form.Value.HasTrend ? states[1] : 0,
                Season = form.Value.HasSeason ? [.. states[first..].Reverse()] : [],
            },
            Oracle.Series(oracle).Values,
            oracle.GetProperty("season").GetInt32()
        );
    }

    static double[] LastStates(EtsFit fit) =>
        [
            fit.Last.Level,
            .. fit.EtsForm.HasTrend ? new[] { fit.Last.Slope } : [],
            .. fit.EtsForm.HasSeason ? fit.Last.Season.Reverse() : [],
        ];

    static double ResidualScale(EtsFit fit) => Math.Sqrt(fit.Sigma2);
}
