namespace Halley.Data;

/// <summary>Columns read as text or levels that look like numbers with a decimal comma, or like dates that are not YYYY-MM-DD.</summary>
public static class TextLooks
{
    const int LongestLook = 10_000;

    /// <summary>A warning for each such column, whatever its role.</summary>
    public static IEnumerable<DataWarning> Of(Table table)
    {
        foreach (var column in table.Columns)
        {
            if (column is not (TextColumn or CategoricalColumn))
                continue;
            string[] texts = [.. TextsOf(column).Take(LongestLook)];
            if (texts.Length == 0)
                continue;
            if (texts.All(IsNumber) && texts.Any(text => text.Contains(',', StringComparison.Ordinal)))
                yield return new(
                    "decimal-comma",
                    column.Name,
                    $"'{column.Name}' looks like numbers with a decimal comma, such as '{texts[0]}', but is read as {KindOf(column)}. "
                        + "Declare 'decimal: \",\"' for its table in data.yaml, or write the numbers with a point and without separators of thousands."
                );
            else if (texts.All(IsDate))
                yield return new(
                    "date-format",
                    column.Name,
                    $"'{column.Name}' looks like dates, such as '{texts[0]}', but is read as {KindOf(column)}. Write them as YYYY-MM-DD."
                );
        }
    }

    static IEnumerable<string> TextsOf(Column column) =>
        column is CategoricalColumn category
            ? category.Levels.Levels
            : Enumerable.Range(0, column.RowCount).Select(column.TextAt).OfType<string>();

    /// <summary><c>-1.234,56</c>, with or without the fraction.</summary>
    static bool IsNumber(string text)
    {
        var parts = text.TrimStart('-').Split(',');
        return parts.Length <= 2
            && parts.All(part => part.Length > 0)
            && parts[0].Split('.').All(IsDigits)
            && IsDigits(parts[^1]);
    }

    /// <summary>Day, month and year, or month, day and year: <c>31.12.2024</c>, <c>12/31/2024</c>.</summary>
    static bool IsDate(string text)
    {
        foreach (var mark in "./-")
        {
            if (text.Split(mark) is [{ Length: 1 or 2 } first, { Length: 1 or 2 } second, { Length: 4 } year])
                return IsDigits(first) && IsDigits(second) && IsDigits(year);
        }
        return false;
    }

    static bool IsDigits(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    static string KindOf(Column column) => column is CategoricalColumn ? "levels of a category" : "text";
}
