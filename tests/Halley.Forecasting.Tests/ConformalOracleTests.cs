namespace Halley.Forecasting.Tests;

/// <summary>Conformal intervals against statsforecast 2.1.1.</summary>
public class ConformalOracleTests
{
    [Fact]
    public void Given_the_scores_both_methods_agree()
    {
        var seen = new HashSet<string>();
        foreach (var oracle in Oracle.Cases("conformal_sf"))
        {
            var (mean, method) = (oracle.Numbers("mean"), oracle.Text("method"));
            seen.Add(method);
            double[][] scores = [.. oracle.GetProperty("scores").EnumerateArray().Select(row => row.Numbers())];
            foreach (var (level, key) in new[] { (0.8, "80"), (0.95, "95") })
            {
                var (lower, upper) =
                    method == "conformal_error"
                        ? ConformalIntervals.Error(mean, scores, level)
                        : ConformalIntervals.Distribution(mean, scores, level);
                Oracle.Near(oracle.Numbers("lo" + key), lower, 1e-9, $"{oracle.Text("series")} {method}", mean.Max(Math.Abs));
                Oracle.Near(oracle.Numbers("hi" + key), upper, 1e-9, $"{oracle.Text("series")} {method}", mean.Max(Math.Abs));
            }
        }
        Assert.Equal(2, seen.Count);
    }

    [Fact]
    public void Scores_of_the_naive_method_are_those_of_the_oracle()
    {
        foreach (var oracle in Oracle.Cases("conformal_sf").Where(oracle => oracle.Text("model") == "Naive"))
        {
            var expected = oracle.GetProperty("scores").EnumerateArray().Select(row => row.Numbers()).ToArray();
            var scores = ConformalIntervals.Scores(
                new NaiveForecaster(),
                Oracle.Series(oracle),
                expected[0].Length,
                expected.Length,
                TestContext.Current.CancellationToken
            );
            for (var window = 0; window < scores.Length; window++)
                Oracle.Near(expected[window], scores[window], 1e-9, oracle.Text("series"), 1);
        }
    }
}
