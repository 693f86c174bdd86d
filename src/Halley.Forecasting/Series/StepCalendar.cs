namespace Halley.Forecasting;

/// <summary>Maps step numbers to times: a start and a length of step, such as every month or every 15 minutes.</summary>
/// <param name="Start">Time of step 0, without zone.</param>
/// <param name="Unit">Calendar unit of a step.</param>
/// <param name="Count">Units in a step, at least 1.</param>
public sealed record StepCalendar(DateTime Start, StepUnit Unit, int Count = 1)
{
    /// <summary>Time of a step. Months keep the start's day, or the last of a shorter month.</summary>
    public DateTime At(int step)
    {
        var units = (long)step * Count;
        return Unit switch
        {
            StepUnit.Minute => Start.AddMinutes(units),
            StepUnit.Hour => Start.AddHours(units),
            StepUnit.Day => Start.AddDays(units),
            StepUnit.Week => Start.AddDays(7 * units),
            StepUnit.Month => Months(units),
            StepUnit.Quarter => Months(3 * units),
            _ => Months(12 * units),
        };
    }

    /// <summary>The step at a time, or null where the time lies between two steps.</summary>
    public int? StepOf(DateTime time)
    {
        var guess = (int)Math.Clamp(Math.Round(Elapsed(time)), int.MinValue / 2, int.MaxValue / 2);
        for (var step = guess - 1; step <= guess + 1; step++)
        {
            if (At(step) == time)
                return step;
        }
        return null;
    }

    double Elapsed(DateTime time)
    {
        var span = time - Start;
        var months = 12.0 * (time.Year - Start.Year) + time.Month - Start.Month;
        return Unit switch
            {
                StepUnit.Minute => span.TotalMinutes,
                StepUnit.Hour => span.TotalHours,
                StepUnit.Day => span.TotalDays,
                StepUnit.Week => span.TotalDays / 7,
                StepUnit.Month => months,
                StepUnit.Quarter => months / 3,
                _ => months / 12,
            } / Count;
    }

    // The end of a month stays the end: 31 January, 28 February, 31 March.
    DateTime Months(long months)
    {
        var time = Start.AddMonths((int)months);
        var isEnd = Start.Day == DateTime.DaysInMonth(Start.Year, Start.Month) && Start.Day >= 28;
        return isEnd && Start.Day != 28 || isEnd && Start.Month == 2
            ? time.AddDays(DateTime.DaysInMonth(time.Year, time.Month) - time.Day)
            : time;
    }
}
