using System.Globalization;
using Halley.Data;

namespace Halley.Forecasting;

/// <summary>Times of rows: dates with a time of day, or numbers of steps.</summary>
sealed class StepTimes
{
    StepTimes(DateTime[]? times, long[] numbers) => (Times, Numbers) = (times, numbers);

    /// <summary>Shape (rows); null where steps are numbers.</summary>
    internal DateTime[]? Times { get; }

    /// <summary>Shape (rows): ticks of the times, or the numbers themselves. Orders rows.</summary>
    internal long[] Numbers { get; }

    internal static StepTimes Of(Table table, string name, SeriesProblems problems)
    {
        var column = table[name];
        if (column is NumericColumn numbers)
            return new(null, Whole(numbers, problems));
        var times = new DateTime[table.RowCount];
        for (var row = 0; row < times.Length; row++)
        {
            if (column is DateColumn dates && dates.DateAt(row) is { } date)
                times[row] = date.ToDateTime(TimeOnly.MinValue);
            else if (!TryTime(column.TextAt(row), out times[row]))
                problems.Add(
                    "HLY2313",
                    $"column '{name}', row {row + 1}: '{column.TextAt(row)}' is no time. Write 2026-01-31, 2026-01-31 15:00, 2026-01, or a whole number of steps."
                );
        }
        return new(times, [.. times.Select(time => time.Ticks)]);
    }

    /// <summary>ISO 8601 without zone; a month stands for its first day.</summary>
    internal static bool TryTime(string? text, out DateTime time) =>
        DateTime.TryParseExact(
            text,
            ["yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out time
        );

    static long[] Whole(NumericColumn column, SeriesProblems problems)
    {
        var numbers = new long[column.RowCount];
        for (var row = 0; row < numbers.Length; row++)
        {
            var value = column.Values[row];
            if (!(Math.Abs(value) < 1e15) || value != Math.Floor(value))
                problems.Add(
                    "HLY2313",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"column '{column.Name}', row {row + 1}: {value} is no number of steps. Write whole numbers, or dates."
                    )
                );
            else
                numbers[row] = (long)value;
        }
        return numbers;
    }
}
