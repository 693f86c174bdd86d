namespace Halley.Forecasting;

/// <summary>How a table holds series in long form: a row for each series and step.</summary>
public sealed record SeriesLayout
{
    /// <summary>Column that names the series; null for one series. Default <c>unique_id</c>.</summary>
    public string? Id { get; init; } = "unique_id";

    /// <summary>Column of the time: dates, texts such as <c>2026-01-31 15:00</c>, or numbers of steps. Default <c>ds</c>.</summary>
    public string Time { get; init; } = "ds";

    /// <summary>Column of the values; rows without one after a series' last value say what is known of its future. Default <c>y</c>.</summary>
    public string Value { get; init; } = "y";

    /// <summary>Column of what the values are totals over; null for none.</summary>
    public string? Exposure { get; init; }

    /// <summary>Columns known in past and future.</summary>
    public IReadOnlyList<string> Regressors { get; init; } = [];

    /// <summary>Length of a step; null to find it from the times.</summary>
    public StepLength? Frequency { get; init; }

    /// <summary>Lengths of the seasons in steps; null for the usual ones of the frequency.</summary>
    public int[]? Seasons { get; init; }

    /// <summary>What stands in place of steps left out. Default <see cref="GapRule.Refuse"/>.</summary>
    public GapRule Gaps { get; init; }
}
