using Halley.Data;

namespace Halley.Forecasting.Tests;

/// <summary>Croston and its kin against statsforecast 2.1.1 and R forecast 8.20.</summary>
public class IntermittentOracleTests
{
    [Fact]
    public void Means_are_those_of_the_oracle()
    {
        var seen = new HashSet<string>();
        foreach (var oracle in Oracle.Cases("intermittent_sf"))
        {
            var (id, method) = (oracle.Text("series"), oracle.Text("method"));
            if (!id.StartsWith("made:", StringComparison.Ordinal) || Of(method) is not { } forecaster)
                continue;
            seen.Add(method);
            // Where the oracle searches for its smoothing, it stops within 1e-5 of the best.
            var tolerance = forecaster.Name is "croston" or "sba" or "tsb" ? 1e-9 : 1e-5;
            var mean = forecaster.Fit(Oracle.Series(id), TestContext.Current.CancellationToken).Forecast(1).Mean[0];
            Oracle.Near(oracle.Number("mean"), mean, tolerance, $"{id} {method}");
        }
        Assert.Equal(7, seen.Count);
    }

    [Fact]
    public void R_agrees_at_both_smoothings()
    {
        foreach (var oracle in Oracle.Cases("croston"))
        {
            var alpha = oracle.Number("alpha");
            var fit = new IntermittentForecaster(IntermittentMethod.Croston, alpha, alpha).Fit(Oracle.Series(oracle));
            Oracle.Near(oracle.Number("mean"), fit.Forecast(1).Mean[0], 1e-9, oracle.Text("series"));
        }
    }

    [Fact]
    public void All_zero_is_forecast_by_zero() =>
        Assert.Equal([0, 0], new IntermittentForecaster().Fit(new() { Id = "none", Values = new double[9] }).Forecast(2).Mean);

    [Fact]
    public void A_negative_count_is_named()
    {
        var error = Assert.Throws<HalleyException>(() =>
            new IntermittentForecaster().Fit(new() { Id = "claims", Values = [0, 2, -1] })
        );
        Assert.Equal(
            "HLY2305: series 'claims', step 3: -1 is negative, and sba forecasts demand, y ≥ 0. Correct it, or choose 'ets'.",
            error.Message
        );
    }

    static IntermittentForecaster? Of(string method) =>
        method switch
        {
            "CrostonClassic" => new(IntermittentMethod.Croston),
            "CrostonOptimized" => new(IntermittentMethod.CrostonOptimised),
            "CrostonSBA" => new(IntermittentMethod.Sba),
            "TSB(0.1,0.1)" => new(IntermittentMethod.Tsb),
            "TSB(0.2,0.3)" => new(IntermittentMethod.Tsb, 0.2, 0.3),
            "ADIDA" => new(IntermittentMethod.Adida),
            "IMAPA" => new(IntermittentMethod.Imapa),
            _ => null,
        };
}
