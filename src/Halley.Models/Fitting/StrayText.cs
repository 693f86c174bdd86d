using System.Globalization;

namespace Halley.Models;

/// <summary>The value that made text of a column of numbers.</summary>
static class StrayText
{
    /// <summary>" The first value that is no number is …", with its row; empty where the column is text for the most part.</summary>
    /// <param name="sourceRows">Row of the data that each row is, shape (n).</param>
    public static string Sentence(Column column, IReadOnlyList<int> sourceRows)
    {
        if (column is not (CategoricalColumn or TextColumn))
            return "";
        var (first, strays, values) = (-1, 0, 0);
        for (var row = 0; row < column.RowCount; row++)
        {
            if (column.TextAt(row) is not { } text)
                continue;
            values++;
            if (
                double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            )
                continue;
            strays++;
            if (first < 0)
                first = row;
        }
        return first < 0 || 2 * strays > values
            ? ""
            : $" The first value that is no number is '{column.TextAt(first)}', row {sourceRows[first] + 1}: correct it, or leave the field empty.";
    }
}
