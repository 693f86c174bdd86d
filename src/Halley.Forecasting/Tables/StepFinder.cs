namespace Halley.Forecasting;

/// <summary>Finds the length of steps from times: the longest of which all distances are whole multiples.</summary>
static class StepFinder
{
    /// <summary>Null where no series has two times.</summary>
    /// <param name="series">Times of each series, ascending.</param>
    internal static StepLength? Find(IReadOnlyList<DateTime[]> series)
    {
        var (minutes, days, months) = (0L, 0L, 0L);
        bool withTime = false,
            monthly = true;
        foreach (var times in series)
        {
            for (var i = 0; i < times.Length; i++)
            {
                withTime |= times[i].TimeOfDay != TimeSpan.Zero;
                if (i == 0)
                    continue;
                var span = times[i] - times[i - 1];
                minutes = Divisor(minutes, (long)Math.Round(span.TotalMinutes));
                days = Divisor(days, (long)Math.Round(span.TotalDays));
                months = Divisor(months, 12L * (times[i].Year - times[i - 1].Year) + times[i].Month - times[i - 1].Month);
                monthly &= AreMonthsApart(times[i - 1], times[i]);
            }
        }
        if (minutes == 0)
            return null;
        if (withTime)
            return minutes % 60 == 0 ? new(StepUnit.Hour, (int)(minutes / 60)) : new(StepUnit.Minute, (int)minutes);
        if (!monthly)
            return days % 7 == 0 ? new(StepUnit.Week, (int)(days / 7)) : new(StepUnit.Day, (int)days);
        return months % 12 == 0 ? new(StepUnit.Year, (int)(months / 12))
            : months % 3 == 0 ? new(StepUnit.Quarter, (int)(months / 3))
            : new(StepUnit.Month, (int)months);
    }

    /// <summary>On one day of different months, or at the ends of them.</summary>
    static bool AreMonthsApart(DateTime before, DateTime after) =>
        (before.Month != after.Month || before.Year != after.Year)
        && (
            before.Day == after.Day
            || before.Day == DateTime.DaysInMonth(before.Year, before.Month)
                && after.Day == DateTime.DaysInMonth(after.Year, after.Month)
        );

    static long Divisor(long a, long b)
    {
        while (b != 0)
            (a, b) = (b, a % b);
        return Math.Abs(a);
    }
}
