namespace Halley.Forecasting;

/// <summary>Options of forecasting many series.</summary>
public sealed record ForecastRunOptions
{
    /// <summary>Series from which on intervals are calibrated by default.</summary>
    internal const int EnoughSeries = 100;

    /// <summary>Steps ahead, at least 1.</summary>
    public required int Horizon { get; init; }

    /// <summary>Levels of the intervals, each in (0, 1). Default 0.8 and 0.95.</summary>
    public IReadOnlyList<double> Levels { get; init; } = [0.8, 0.95];

    /// <summary>Widen intervals by what they missed on the last window of all series; null for tables of 100 series and more. Default null.</summary>
    public bool? Calibrate { get; init; }

    /// <summary>Keep forecasts and intervals at or above 0 where a series never was below. Default true.</summary>
    public bool KeepSign { get; init; } = true;

    /// <summary>Threads; 0 for all processors. Default 0.</summary>
    public int Threads { get; init; }

    /// <summary>All that is wrong with the options, empty if nothing.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        if (Horizon < 1)
            problems.Add($"horizon: {Horizon} is below 1.");
        if (Levels.Any(level => !(level > 0 && level < 1)))
            problems.Add("levels: one lies outside (0, 1).");
        return problems;
    }
}
