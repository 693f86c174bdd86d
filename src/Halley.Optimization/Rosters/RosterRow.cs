using System.Globalization;

namespace Halley.Optimization;

/// <summary>A row of a sheet, read by column names.</summary>
sealed class RosterRow(Sheet sheet, int row, RosterSpec spec, List<string> problems)
{
    internal string? TextOrNull(string column)
    {
        var at = sheet.Rows[0].ToList().FindIndex(cell => cell.Text.Equals(column, StringComparison.OrdinalIgnoreCase));
        var text = at < 0 ? "" : sheet.At(row, at).Trim();
        return text == "" ? null : text;
    }

    internal string Text(string column)
    {
        if (TextOrNull(column) is { } text)
            return text;
        Refuse(column, "a value is missing.");
        return "";
    }

    internal double Number(string column)
    {
        var text = Text(column);
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            return number;
        if (text != "")
            Refuse(column, $"'{text}' is not a number.");
        return 0;
    }

    internal int Whole(string column)
    {
        var number = Number(column);
        if (number == Math.Floor(number) && Math.Abs(number) < 1e6)
            return (int)number;
        Refuse(column, FormattableString.Invariant($"{number} is not a whole number."));
        return 0;
    }

    /// <summary>Days since the first.</summary>
    internal int Day(string column)
    {
        var text = Text(column);
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date.DayNumber - spec.FirstDay.DayNumber;
        if (text != "")
            Refuse(column, $"'{text}' is not a date such as {spec.FirstDay:yyyy-MM-dd}.");
        return 0;
    }

    internal bool Choice(string column, string yes, string no)
    {
        var text = Text(column);
        if (text != "" && text != yes && text != no)
            Refuse(column, $"'{text}' is neither '{yes}' nor '{no}'.");
        return text == yes;
    }

    internal void Refuse(string column, string problem) =>
        problems.Add($"sheet '{sheet.Name}', row {row + 1}, {column}: {problem}");
}
