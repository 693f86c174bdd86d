namespace Halley.Forecasting.Tests;

/// <summary>Naive, seasonal naive, drift and mean against R forecast 8.20.</summary>
public class SimpleOracleTests
{
    [Fact]
    public void Means_and_intervals_are_those_of_the_oracle()
    {
        var methods = new HashSet<string>();
        foreach (var oracle in Oracle.Cases("simple"))
        {
            var (method, name) = (oracle.Text("method"), oracle.Text("series") + " " + oracle.Text("method"));
            methods.Add(method);
            IForecaster forecaster = method switch
            {
                "naive" => new NaiveForecaster(),
                "snaive" => new NaiveForecaster(seasonal: true),
                "rwf_drift" => new DriftForecaster(),
                _ => new MeanForecaster(),
            };
            var mean = oracle.Numbers("mean");
            var forecast = forecaster.Fit(Oracle.Series(oracle), TestContext.Current.CancellationToken).Forecast(mean.Length);
            Oracle.Near(mean, forecast.Mean, 1e-9, name);
            foreach (var (level, key) in new[] { (0.8, "80"), (0.95, "95") })
            {
                var (lower, upper) = forecast.Interval(level);
                Oracle.Near(oracle.Numbers("lo" + key), lower, 1e-9, $"{name} lo{key}", Math.Abs(mean[0]));
                Oracle.Near(oracle.Numbers("hi" + key), upper, 1e-9, $"{name} hi{key}", Math.Abs(mean[0]));
            }
        }
        Assert.Equal(4, methods.Count);
    }
}
