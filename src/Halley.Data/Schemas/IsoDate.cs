using System.Globalization;

namespace Halley.Data;

/// <summary>Calendar dates in the form YYYY-MM-DD.</summary>
static class IsoDate
{
    /// <summary>Day number of a date in UTF-8 text, exactly ten bytes.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out int dayNumber)
    {
        dayNumber = -1;
        if (text.Length != 10 || text[4] != '-' || text[7] != '-')
            return false;
        var year = Digits(text[..4]);
        var month = Digits(text[5..7]);
        var day = Digits(text[8..]);
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        dayNumber = new DateOnly(year, month, day).DayNumber;
        return true;
    }

    public static bool TryParse(string text, out int dayNumber)
    {
        var parsed = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
        dayNumber = parsed ? date.DayNumber : -1;
        return parsed;
    }

    static int Digits(ReadOnlySpan<byte> text)
    {
        var value = 0;
        foreach (var unit in text)
        {
            if (unit is < (byte)'0' or > (byte)'9')
                return -1;
            value = value * 10 + (unit - '0');
        }
        return value;
    }
}
