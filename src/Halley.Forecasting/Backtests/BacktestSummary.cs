namespace Halley.Forecasting;

/// <summary>Measures of one forecaster over all series and origins.</summary>
/// <param name="Windows">Forecasts measured.</param>
/// <param name="Mean">Each measure averaged within a series, then over series; steps where it is undefined are left out.</param>
/// <param name="CoverageError">Standard error of the coverage over series.</param>
public sealed record BacktestSummary(string Forecaster, int Windows, ForecastMeasures Mean, double CoverageError)
{
    /// <summary>One of each forecaster, in the order in which they come.</summary>
    public static IReadOnlyList<BacktestSummary> Of(IReadOnlyList<BacktestResult> results) =>
        [.. results.GroupBy(result => result.Forecaster).Select(group => Of(group.Key, [.. group]))];

    static BacktestSummary Of(string forecaster, BacktestResult[] results)
    {
        var series = results
            .GroupBy(result => result.Series)
            .Select(group => Average([.. group.Select(one => one.Measures)]))
            .ToArray();
        var mean = Average(series);
        var spread = series
            .Select(one => one.Coverage)
            .Where(double.IsFinite)
            .Select(one => (one - mean.Coverage) * (one - mean.Coverage));
        return new(forecaster, results.Length, mean, Math.Sqrt(spread.DefaultIfEmpty(double.NaN).Average() / series.Length));
    }

    static ForecastMeasures Average(ForecastMeasures[] measures)
    {
        double Of(Func<ForecastMeasures, double> pick) =>
            measures.Select(pick).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
        return new(
            Of(one => one.Smape),
            Of(one => one.Mape),
            Of(one => one.Mase),
            Of(one => one.Rmsse),
            Of(one => one.Bias),
            Of(one => one.Msis),
            Of(one => one.Coverage),
            Of(one => one.Crps)
        );
    }
}
