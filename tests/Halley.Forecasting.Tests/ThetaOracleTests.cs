namespace Halley.Forecasting.Tests;

/// <summary>The Theta family against statsforecast 2.1.1.</summary>
public class ThetaOracleTests
{
    static readonly Dictionary<string, ThetaVariant> Variants = new()
    {
        ["STM"] = ThetaVariant.Standard,
        ["OTM"] = ThetaVariant.Optimised,
        ["DSTM"] = ThetaVariant.DynamicStandard,
        ["DOTM"] = ThetaVariant.DynamicOptimised,
    };

    [Fact]
    public void Fixed_parameters_give_the_recursion_of_the_oracle()
    {
        var seen = new HashSet<ThetaVariant>();
        foreach (var oracle in Oracle.Cases("theta_sf").Where(oracle => oracle.Has("fixed")))
        {
            var (series, variant) = (Oracle.Series(oracle), Variants[oracle.Text("model")]);
            seen.Add(variant);
            var (given, name) = (oracle.GetProperty("fixed"), $"{series.Id} {variant}");
            var season = SeasonalAdjustment.Of(series.Values, series.Season);
            Assert.Equal(oracle.GetProperty("deseasonalised").GetBoolean(), season.IsSeasonal);
            var fit = ThetaFit.At(
                variant,
                season,
                new(given.Number("initial_smoothed"), given.Number("alpha"), given.Number("theta"))
            );
            Oracle.Near(given.Number("mse"), fit.Objective, 1e-9, name + " objective");
            var mean = given.Numbers("mean");
            Oracle.Near(mean, fit.Forecast(mean.Length).Mean, 1e-9, name + " mean", Math.Abs(mean[0]));
            Oracle.Near(given.Numbers("last_states")[..4], fit.LastStates, 1e-9, name + " states", 1e-3 * Math.Abs(mean[0]));
        }
        Assert.Equal(4, seen.Count);
    }

    [Fact]
    public void Fitted_objectives_reach_those_of_the_oracle()
    {
        var worse = new List<string>();
        foreach (var oracle in Oracle.Cases("theta_sf").Where(oracle => oracle.Has("fitted")))
        {
            if (!Variants.TryGetValue(oracle.Text("model"), out var variant))
                continue;
            var fit = (ThetaFit)new ThetaForecaster(variant).Fit(Oracle.Series(oracle), TestContext.Current.CancellationToken);
            var theirs = oracle.GetProperty("fitted").Number("mse");
            if (!(fit.Objective <= theirs * (1 + 1e-6)))
                worse.Add($"{oracle.Text("series")} {variant}: {theirs:R}, ours {fit.Objective:R} {fit.Parameters}");
        }
        Assert.True(worse.Count == 0, string.Join('\n', worse));
    }
}
