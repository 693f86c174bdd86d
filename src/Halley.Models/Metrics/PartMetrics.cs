namespace Halley.Models;

/// <summary>How well a model does on one part of the data.</summary>
public sealed record PartMetrics
{
    public required DataPart Part { get; init; }

    public required int Rows { get; init; }

    /// <summary>Years at risk; null where the model has no exposure.</summary>
    public double? Exposure { get; init; }

    /// <summary>Weighted total of the target.</summary>
    public required double Actual { get; init; }

    /// <summary>Weighted total of the predictions.</summary>
    public required double Predicted { get; init; }

    public required IReadOnlyList<Metric> Values { get; init; }

    /// <summary>The figure of that name, or null.</summary>
    public double? this[string name] => Values.FirstOrDefault(metric => metric.Name == name)?.Value;
}
