using System.Globalization;

namespace Halley.Sources;

/// <summary>Turns a column into another kind, where a project declares one that its file does not show.</summary>
static class ColumnKinds
{
    /// <param name="levels">Levels of a category, where they are known from all batches; null to take the column's own.</param>
    /// <param name="firstRow">Rows that came before these, where they are one batch of many.</param>
    /// <exception cref="HalleyException">HLY1520: a value does not fit the kind; row, value and remedy are named.</exception>
    public static Column To(Column column, FieldKind kind, LevelList? levels = null, long firstRow = 0) =>
        column.Kind == kind
            ? column
            : kind switch
            {
                FieldKind.Number => new NumericColumn(column.Name, Numbers(column, kind, firstRow)),
                FieldKind.Exposure => new ExposureColumn(column.Name, Numbers(column, kind, firstRow)),
                FieldKind.Category => Category(column, levels),
                FieldKind.Boolean => new BooleanColumn(column.Name, [.. Rows(column).Select(row => Flag(column, row, firstRow))]),
                FieldKind.Date => new DateColumn(column.Name, [.. Rows(column).Select(row => Day(column, row, firstRow))]),
                _ => new TextColumn(column.Name, [.. Rows(column).Select(column.TextAt)]),
            };

    static IEnumerable<int> Rows(Column column) => Enumerable.Range(0, column.RowCount);

    static double[] Numbers(Column column, FieldKind kind, long firstRow)
    {
        var numbers = new double[column.RowCount];
        if (column is not (TextColumn or CategoricalColumn))
        {
            column.CopySlots(0, numbers);
            return numbers;
        }
        foreach (var row in Rows(column))
        {
            var text = column.TextAt(row);
            if (text is null)
                numbers[row] = double.NaN;
            else if (
                !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[row])
                || !double.IsFinite(numbers[row])
            )
                throw Unfit(column, row, kind, firstRow);
        }
        return numbers;
    }

    /// <summary>Levels of numbers in rising order, of texts in ordinal order.</summary>
    /// <param name="present">Distinct values as texts.</param>
    public static LevelList LevelsOf(IEnumerable<string> present, bool areNumbers) =>
        new(
            areNumbers
                ? present.OrderBy(text => double.Parse(text, CultureInfo.InvariantCulture))
                : present.Order(StringComparer.Ordinal)
        );

    static CategoricalColumn Category(Column column, LevelList? levels)
    {
        var texts = Rows(column).Select(column.TextAt).ToArray();
        levels ??= LevelsOf(texts.OfType<string>().Distinct(), column is NumericColumn);
        return new(column.Name, [.. texts.Select(text => text is null ? -1 : levels.CodeOf(text))], levels);
    }

    static sbyte Flag(Column column, int row, long firstRow) =>
        column.TextAt(row) switch
        {
            null => -1,
            "1" or "true" or "True" or "TRUE" or "Yes" or "yes" => 1,
            "0" or "false" or "False" or "FALSE" or "No" or "no" => 0,
            _ => throw Unfit(column, row, FieldKind.Boolean, firstRow),
        };

    static int Day(Column column, int row, long firstRow) =>
        column.TextAt(row) is not { } text ? -1
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date.DayNumber
        : throw Unfit(column, row, FieldKind.Date, firstRow);

    static HalleyException Unfit(Column column, int row, FieldKind kind, long firstRow) =>
        new(
            "HLY1520",
            $"column '{column.Name}', row {firstRow + row + 1}: '{column.TextAt(row)}' is not of kind {kind.ToString().ToLowerInvariant()}. "
                + "Correct the value, or declare another kind under 'kinds' in data.yaml."
        );
}
