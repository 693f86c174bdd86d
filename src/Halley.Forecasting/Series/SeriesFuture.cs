namespace Halley.Forecasting;

/// <summary>What is known of the steps to be forecast.</summary>
public sealed record SeriesFuture
{
    public static SeriesFuture Unknown { get; } = new();

    /// <summary>Shape (horizon), above 0; null for 1 a step.</summary>
    public double[]? Exposure { get; init; }

    /// <summary>Shape (k)(horizon), in the order of <see cref="TimeSeries.Regressors"/>.</summary>
    public double[][] Regressors { get; init; } = [];
}
