namespace Halley.Forecasting;

/// <summary>One series of equally spaced values, oldest first, with what is known beside it. Immutable by convention.</summary>
public sealed record TimeSeries
{
    /// <summary>Names the series in results and messages.</summary>
    public required string Id { get; init; }

    /// <summary>Shape (n), finite or NaN where missing.</summary>
    public required double[] Values { get; init; }

    /// <summary>Lengths of the seasons in steps, ascending, each above 1: [12] monthly, [24, 168] hourly, [] none.</summary>
    public int[] Seasons { get; init; } = [];

    /// <summary>Shape (n), above 0: what the values are totals over, such as policy years; null for 1 a step.</summary>
    public double[]? Exposure { get; init; }

    /// <summary>Shape (k)(n): values known in past and future; empty for none.</summary>
    public double[][] Regressors { get; init; } = [];

    /// <summary>Names of the regressors in messages; empty for numbers.</summary>
    public IReadOnlyList<string> RegressorNames { get; init; } = [];

    /// <summary>When the steps are; null where only their order is known.</summary>
    public StepCalendar? Calendar { get; init; }

    public int Length => Values.Length;

    /// <summary>The first season's length, or 1.</summary>
    public int Season => Seasons.Length == 0 ? 1 : Seasons[0];

    /// <summary>The first <paramref name="length"/> steps.</summary>
    public TimeSeries Head(int length) =>
        this with
        {
            Values = Values[..length],
            Exposure = Exposure?[..length],
            Regressors = [.. Regressors.Select(regressor => regressor[..length])],
        };

    /// <summary>What is known of the <paramref name="horizon"/> steps after <paramref name="length"/>, taken from this series.</summary>
    public SeriesFuture FutureAfter(int length, int horizon) =>
        new()
        {
            Exposure = Exposure?[length..(length + horizon)],
            Regressors = [.. Regressors.Select(regressor => regressor[length..(length + horizon)])],
        };
}
