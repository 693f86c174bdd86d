using System.Globalization;
using Halley.Data;
using Halley.Registry;

namespace Halley.Cli;

/// <summary>Days, times and transactions as options give them.</summary>
static class Dates
{
    /// <exception cref="HalleyException">HLY7120: no day.</exception>
    public static DateOnly Day(string option, string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new HalleyException("HLY7120", $"{option} {text} is no day. Write 2026-03-01.");

    /// <summary>The last moment of a day, UTC.</summary>
    public static DateTimeOffset EndOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MaxValue), TimeSpan.Zero);

    /// <exception cref="HalleyException">HLY7121: no such transaction.</exception>
    public static Transaction Transaction(string option, string text) =>
        TransactionNames.Find(text)
        ?? throw new HalleyException(
            "HLY7121",
            $"{option} {text} names no transaction.{NearestText.Hint(text, TransactionNames.All)} There are {string.Join(", ", TransactionNames.All)}."
        );
}
