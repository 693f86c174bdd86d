namespace Halley.Forecasting;

/// <summary>Options of a rolling-origin backtest.</summary>
public sealed record BacktestOptions
{
    /// <summary>Steps forecast from each origin, at least 1.</summary>
    public required int Horizon { get; init; }

    /// <summary>Origins, the last one horizon before the end. At least 1. Default 3.</summary>
    public int Windows { get; init; } = 3;

    /// <summary>Steps between origins, at least 1; null for the horizon. Default null.</summary>
    public int? Step { get; init; }

    /// <summary>Nominal level of the intervals judged, in (0, 1). Default 0.95.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Threads; 0 for all processors. Default 0.</summary>
    public int Threads { get; init; }

    /// <summary>All that is wrong with the options, empty if nothing.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        if (Horizon < 1)
            problems.Add($"horizon: {Horizon} is below 1.");
        if (Windows < 1)
            problems.Add($"windows: {Windows} is below 1.");
        if (Step < 1)
            problems.Add($"step: {Step} is below 1.");
        if (!(Level > 0 && Level < 1))
            problems.Add("level: it lies outside (0, 1).");
        return problems;
    }
}
