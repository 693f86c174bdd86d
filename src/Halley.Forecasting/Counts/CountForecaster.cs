using Halley.Kernels;

namespace Halley.Forecasting;

/// <summary>Counts with an exposure, such as claims and policy years: whole, never negative, with a rate that may drift, grow and have a season.</summary>
/// <param name="seasonal">Take out a season where the likelihood asks for it.</param>
/// <param name="trend">Let the rate grow where the likelihood asks for it.</param>
public sealed class CountForecaster(bool seasonal = true, bool trend = true) : IForecaster
{
    const double LowestDiscount = 0.05;
    const double LargestGrowth = 0.1;
    const double LowestFactor = 0.05;

    // What a further parameter must gain: half of AIC's 2, and half of it again against chance.
    const double Gain = 2;

    public string Name => "count";

    public SeriesFit Fit(TimeSeries series, CancellationToken cancellation = default)
    {
        SeriesChecks.RequireFinite(series);
        SeriesChecks.RequireCounts(series, Name);
        var level = Best(series, 0, []);
        // A season is as many parameters as it has positions, less one: AIC with the correction for short series.
        if (seasonal && Season(series) is { Length: > 0 } figure)
        {
            var (seasoned, n, k) = (Best(series, 0, figure), (double)level.Counted, figure.Length - 1);
            if (n > k + 2 && seasoned.LogLikelihood > level.LogLikelihood + k * n / (n - k - 2))
                level = seasoned;
        }
        var season = level.Parameters.Season;
        if (!trend || level.Counted < 8)
            return level;
        cancellation.ThrowIfCancellationRequested();
        var growth = LineSearch.Minimum(-LargestGrowth, LargestGrowth, 16, at => -Best(series, at, season).LogLikelihood);
        var grown = Best(series, growth, season);
        return grown.LogLikelihood > level.LogLikelihood + Gain ? grown : level;
    }

    static CountFit Best(TimeSeries series, double growth, double[] season)
    {
        var discount = LineSearch.Minimum(
            LowestDiscount,
            1,
            12,
            at => -CountFit.At(series, new(at, growth, season)).LogLikelihood
        );
        return CountFit.At(series, new(discount, growth, season));
    }

    /// <summary>Factors of the rates' season, mean 1, or none where the series is too short or empty.</summary>
    static double[] Season(TimeSeries series)
    {
        var m = series.Season;
        if (m < 4 || series.Length < 2 * m)
            return [];
        double[] rates = Gaps.Interpolate([.. series.Values.Select((value, t) => value / (series.Exposure?[t] ?? 1))]);
        var mean = Reduce.Sum(rates) / rates.Length;
        if (!(mean > 0))
            return [];
        // Differences to the trend, not ratios: a trend of 0 has none.
        var figure = ClassicalDecomposition.Figure(rates, m, multiplicative: false);
        double[] factors = [.. figure.Select(value => Math.Max(LowestFactor, 1 + value / mean))];
        var average = factors.Average();
        return [.. factors.Select(value => value / average)];
    }
}
