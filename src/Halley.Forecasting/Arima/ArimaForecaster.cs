namespace Halley.Forecasting;

/// <summary>Seasonal ARIMA with regressors: one order, or the best by AICc of a stepwise search.</summary>
/// <remarks>Source: Hyndman and Khandakar (2008), J. Statistical Software 27(3).</remarks>
public sealed class ArimaForecaster(ArimaOptions? options = null) : IForecaster
{
    const int LongSeries = 500;
    const int LongSeason = 24;

    readonly ArimaOptions options = options ?? new();

    public string Name => "arima";

    public SeriesFit Fit(TimeSeries series, CancellationToken cancellation = default)
    {
        if (options.Validate() is { Count: > 0 } problems)
            ForecastErrors.ThrowBadOptions(Name, problems);
        SeriesChecks.RequireFinite(series);
        SeriesChecks.RequireRegressors(series);
        if (Array.TrueForAll(series.Values, double.IsNaN))
            ForecastErrors.ThrowTooShort(series, Name, 1);
        var m = series.Season <= options.LongestSeason ? series.Season : 1;
        if (options.Order is { } order)
            return One(series, order with { Season = m });
        return Differences.IsConstant(series.Values) ? Constant(series) : Best(series, m, cancellation);
    }

    static ArimaFit One(TimeSeries series, ArimaOrder order)
    {
        var candidate = ArimaSearch.Fit(new(series, order), order, conditional: false, thorough: true);
        if (candidate is null)
            ForecastErrors.ThrowTooShort(series, order.ToString(), series.Length + 1);
        return ArimaFit.Of(series, candidate)!;
    }

    SeriesFit Best(TimeSeries series, int m, CancellationToken cancellation)
    {
        // 1. How often to difference: by the strength of the season, then by KPSS tests.
        var tested = Tested(series);
        var seasonal = UnitRoots.SeasonalDifferences(tested, m);
        var differenced = seasonal == 1 ? Differences.At(tested, m) : tested;
        var d = UnitRoots.Differences(differenced, options.HighestDifference);
        var shape = new ArimaOrder(0, d, 0, 0, seasonal, 0, m);
        if (Differences.IsConstant(Differences.Of(tested, shape)))
            return Straight(series, shape);
        // 2. Orders by a walk to ever better neighbours.
        var approximate = options.Approximate ?? (series.Length > LongSeries || m > LongSeason);
        var walk = new ArimaWalk(series, shape, options, approximate, cancellation);
        if (walk.Best() is { } best && ArimaFit.Of(series, best) is { } fit)
            return fit;
        return Straight(series, shape);
    }

    /// <summary>Differences alone: what is left where nothing can be estimated, or all is known.</summary>
    static ArimaFit Straight(TimeSeries series, ArimaOrder shape)
    {
        var order = shape with { Constant = shape.D + shape.SeasonalD < 2 };
        foreach (var one in new[] { order, shape, default(ArimaOrder) with { Season = 1, Constant = true } })
        {
            if (series.Values.Count(value => !double.IsNaN(value)) <= one.Lost + (one.HasConstant ? 1 : 0))
                continue;
            var bare = series with { Regressors = [], RegressorNames = [] };
            if (ArimaSearch.At(new(bare, one), one, new()) is { } candidate)
                return ArimaFit.Of(bare, candidate)!;
        }
        return Constant(series);
    }

    static ArimaFit Constant(TimeSeries series)
    {
        var bare = series with { Regressors = [], RegressorNames = [] };
        var level = Array.Find(series.Values, value => !double.IsNaN(value));
        return ArimaFit.At(bare, new(0, 0, 0, Constant: true), new() { Linear = [level] })!;
    }

    /// <summary>The values that are tested: without what regressors explain, gaps bridged by straight lines.</summary>
    static double[] Tested(TimeSeries series)
    {
        var y = series.Values;
        if (series.Regressors.Length > 0)
        {
            var design = new ArimaDesign(series, new(0, 0, 0, Constant: true));
            y = design.Target;
        }
        return Array.Exists(y, double.IsNaN) ? Gaps.Interpolate(y) : y;
    }
}
