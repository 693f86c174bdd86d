namespace Halley.Data;

/// <summary>What is known of a column before anything is declared of it.</summary>
/// <param name="Missing">Rows without a value.</param>
/// <param name="AllWhole">Whether every number is whole.</param>
/// <param name="Smallest">Of a number; +∞ where there is none.</param>
/// <param name="Largest">Of a number; −∞ where there is none.</param>
/// <param name="Levels">Of a category.</param>
public sealed record ColumnFacts(
    string Name,
    FieldKind Kind,
    long Rows,
    long Missing,
    bool AllWhole,
    double Smallest,
    double Largest,
    LevelList? Levels
)
{
    /// <summary>What a column holds.</summary>
    public static ColumnFacts Of(Column column)
    {
        var (smallest, largest, allWhole) = (double.PositiveInfinity, double.NegativeInfinity, true);
        foreach (var value in Numbers(column))
        {
            if (double.IsNaN(value))
                continue;
            smallest = Math.Min(smallest, value);
            largest = Math.Max(largest, value);
            allWhole &= value == Math.Floor(value);
        }
        var levels = (column as CategoricalColumn)?.Levels;
        return new(column.Name, column.Kind, column.RowCount, column.MissingCount, allWhole, smallest, largest, levels);
    }

    static ReadOnlySpan<double> Numbers(Column column) =>
        column switch
        {
            NumericColumn numbers => numbers.Values,
            ExposureColumn exposure => exposure.Years,
            _ => [],
        };
}
