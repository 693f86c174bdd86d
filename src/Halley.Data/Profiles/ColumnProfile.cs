namespace Halley.Data;

/// <summary>What one column holds.</summary>
public sealed record ColumnProfile
{
    public required string Name { get; init; }

    public required FieldKind Kind { get; init; }

    public required Role Role { get; init; }

    /// <summary>Rows without a value.</summary>
    public required int Missing { get; init; }

    /// <summary>Different values.</summary>
    public required int Distinct { get; init; }

    /// <summary>Of numbers, exposure and booleans; null where there is no value.</summary>
    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    public double? Mean { get; init; }

    /// <summary>Over n − 1; null below two values.</summary>
    public double? StandardDeviation { get; init; }

    /// <summary>Values that are 0.</summary>
    public int? Zeros { get; init; }

    /// <summary>At 1, 5, 25, 50, 75, 95 and 99 %, interpolated between neighbours.</summary>
    public IReadOnlyList<QuantileValue>? Quantiles { get; init; }

    /// <summary>First and last day of a date column.</summary>
    public DateOnly? First { get; init; }

    public DateOnly? Last { get; init; }

    /// <summary>Of categories, booleans and numbers of few values: levels in their order, of many those with most exposure.</summary>
    public IReadOnlyList<LevelProfile>? Levels { get; init; }

    /// <summary>Levels not in <see cref="Levels"/>.</summary>
    public int OtherLevels { get; init; }
}
