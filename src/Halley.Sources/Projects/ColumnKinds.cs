using System.Globalization;

namespace Halley.Sources;

/// <summary>Turns a column into another kind, where a project declares one that its file does not show.</summary>
static class ColumnKinds
{
    /// <exception cref="HalleyException">HLY1520: a value does not fit the kind; row, value and remedy are named.</exception>
    public static Column To(Column column, FieldKind kind) =>
        column.Kind == kind
            ? column
            : kind switch
            {
                FieldKind.Number => new NumericColumn(column.Name, Numbers(column, kind)),
                FieldKind.Exposure => new ExposureColumn(column.Name, Numbers(column, kind)),
                FieldKind.Category => Category(column),
                FieldKind.Boolean => new BooleanColumn(column.Name, [.. Rows(column).Select(row => Flag(column, row))]),
                FieldKind.Date => new DateColumn(column.Name, [.. Rows(column).Select(row => Day(column, row))]),
                _ => new TextColumn(column.Name, [.. Rows(column).Select(column.TextAt)]),
            };

    static IEnumerable<int> Rows(Column column) => Enumerable.Range(0, column.RowCount);

    static double[] Numbers(Column column, FieldKind kind)
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
                throw Unfit(column, row, kind);
        }
        return numbers;
    }

    /// <summary>Levels of numbers in rising order, of texts in ordinal order.</summary>
    static CategoricalColumn Category(Column column)
    {
        var texts = Rows(column).Select(column.TextAt).ToArray();
        var present = texts.OfType<string>().Distinct();
        var levels = new LevelList(
            column is NumericColumn
                ? present.OrderBy(text => double.Parse(text, CultureInfo.InvariantCulture))
                : present.Order(StringComparer.Ordinal)
        );
        return new(column.Name, [.. texts.Select(text => text is null ? -1 : levels.CodeOf(text))], levels);
    }

    static sbyte Flag(Column column, int row) =>
        column.TextAt(row) switch
        {
            null => -1,
            "1" or "true" or "True" or "TRUE" or "Yes" or "yes" => 1,
            "0" or "false" or "False" or "FALSE" or "No" or "no" => 0,
            _ => throw Unfit(column, row, FieldKind.Boolean),
        };

    static int Day(Column column, int row) =>
        column.TextAt(row) is not { } text ? -1
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date.DayNumber
        : throw Unfit(column, row, FieldKind.Date);

    static HalleyException Unfit(Column column, int row, FieldKind kind) =>
        new(
            "HLY1520",
            $"column '{column.Name}', row {row + 1}: '{column.TextAt(row)}' is not of kind {kind.ToString().ToLowerInvariant()}. "
                + "Correct the value, or declare another kind under 'kinds' in data.yaml."
        );
}
