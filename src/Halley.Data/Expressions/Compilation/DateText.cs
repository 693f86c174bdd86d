using System.Globalization;

namespace Halley.Data.Expressions;

/// <summary>ISO 8601 dates as day numbers.</summary>
static class DateText
{
    /// <summary>Day number of <c>yyyy-MM-dd</c>, or null where the text is no such date.</summary>
    public static double? Read(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date.DayNumber
            : null;
}
