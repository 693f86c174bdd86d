namespace Halley.Forecasting;

/// <summary>Complex exponential smoothing: one form, or the best by AICc. It needs no choice between trend and none.</summary>
public sealed class CesForecaster(CesSeason? season = null, int longestSeason = 24) : IForecaster
{
    public string Name => "ces";

    public SeriesFit Fit(TimeSeries series, CancellationToken cancellation = default)
    {
        SeriesChecks.RequireComplete(series, Name, 1);
        var y = series.Values;
        var m = series.Season <= longestSeason ? series.Season : 1;
        if (Differences.IsConstant(y))
            return CesFit.At(CesSeason.None, new(1.3, 1), y, 1);
        CesFit? best = null;
        foreach (var form in Candidates(y.Length, m))
        {
            cancellation.ThrowIfCancellationRequested();
            var fit = CesSearch.Fit(form, y, m);
            if (best is null || fit.Aicc < best.Aicc)
                best = fit;
        }
        return best!;
    }

    IEnumerable<CesSeason> Candidates(int n, int m)
    {
        if (season is { } one)
            return [m > 1 && n >= 2 * m ? one : CesSeason.None];
        // Two whole seasons and a little: fewer say nothing of a season.
        return m > 1 && n >= 2 * m ? [CesSeason.None, CesSeason.Simple, CesSeason.Partial, CesSeason.Full] : [CesSeason.None];
    }
}
