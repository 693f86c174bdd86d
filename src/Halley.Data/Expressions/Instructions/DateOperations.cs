namespace Halley.Data.Expressions;

/// <summary>Calendar arithmetic on day numbers (days since 0001-01-01).</summary>
static class DateOperations
{
    static readonly double LastDay = DateOnly.MaxValue.DayNumber;

    static DateOnly Day(double dayNumber) => DateOnly.FromDayNumber((int)dayNumber);

    /// <summary>A date moved by whole days; part days are cut off towards the past. Missing outside years 1 to 9999.</summary>
    internal readonly struct AddDays : IBinaryOperation
    {
        public static double Of(double x, double y)
        {
            var day = x + Math.Floor(y);
            return day >= 0 && day <= LastDay ? day : double.NaN;
        }
    }

    internal readonly struct SubtractDays : IBinaryOperation
    {
        public static double Of(double x, double y) => AddDays.Of(x, -y);
    }

    internal readonly struct Year : IUnaryOperation
    {
        public static double Of(double x) => double.IsNaN(x) ? x : Day(x).Year;
    }

    internal readonly struct Month : IUnaryOperation
    {
        public static double Of(double x) => double.IsNaN(x) ? x : Day(x).Month;
    }

    internal readonly struct DayOfMonth : IUnaryOperation
    {
        public static double Of(double x) => double.IsNaN(x) ? x : Day(x).Day;
    }

    /// <summary>1 Monday to 7 Sunday, as in ISO 8601.</summary>
    internal readonly struct Weekday : IUnaryOperation
    {
        // Day number 0, 0001-01-01, is a Monday.
        public static double Of(double x) => x % 7 + 1;
    }

    /// <summary>Completed years from x to y: an age. Someone born on 29 February turns a year older on 28 February of other years.</summary>
    internal readonly struct WholeYears : IBinaryOperation
    {
        public static double Of(double x, double y)
        {
            if (double.IsNaN(x) || double.IsNaN(y))
                return double.NaN;
            return y >= x ? Completed(Day(x), Day(y)) : -Completed(Day(y), Day(x));
        }

        internal static int Completed(DateOnly from, DateOnly to)
        {
            var years = to.Year - from.Year;
            return from.AddYears(years) > to ? years - 1 : years;
        }
    }

    /// <summary>Completed years and the part of the current one, each year counted from anniversary to anniversary.</summary>
    internal readonly struct YearsBetween : IBinaryOperation
    {
        public static double Of(double x, double y)
        {
            if (double.IsNaN(x) || double.IsNaN(y))
                return double.NaN;
            return y >= x ? Years(Day(x), Day(y)) : -Years(Day(y), Day(x));
        }

        static double Years(DateOnly from, DateOnly to)
        {
            var whole = WholeYears.Completed(from, to);
            var start = from.AddYears(whole).DayNumber;
            // In the calendar's last year there is no next anniversary; 365 days stand for it.
            var end = from.Year + whole + 1 <= 9999 ? from.AddYears(whole + 1).DayNumber : start + 365;
            return whole + (double)(to.DayNumber - start) / (end - start);
        }
    }
}
