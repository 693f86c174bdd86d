using Halley.Kernels;

namespace Halley.Sources.Generation;

/// <summary>How claim intensity and claim amounts move through the seasons and the years.</summary>
/// <remarks>
/// Piecewise constant by day, so that expectations over any period are differences of cumulative sums, exactly, and a claim's
/// day is found from one uniform number by search. Covers the portfolio and <see cref="YearsAfter"/> years after it.
/// </remarks>
sealed class ClaimCalendar
{
    public const int YearsAfter = 5;

    /// <summary>Claim frequency of each month against the year's mean.</summary>
    static readonly double[] seasons = [1.14, 1.10, 1.01, 0.95, 0.93, 0.94, 0.95, 0.92, 0.95, 1.00, 1.05, 1.06];

    readonly int firstDay;
    readonly double[] cumulativeIntensity;
    readonly double[] cumulativeCost;
    readonly double[] amountLevel;

    public ClaimCalendar(PortfolioOptions options)
    {
        firstDay = options.Start.DayNumber;
        var dayCount = options.End.AddYears(YearsAfter).DayNumber - firstDay;
        cumulativeIntensity = new double[dayCount + 1];
        cumulativeCost = new double[dayCount + 1];
        amountLevel = new double[dayCount];
        var (frequencyGrowth, amountGrowth) = (
            VectorMath.LogOnePlus(options.FrequencyTrend),
            VectorMath.LogOnePlus(options.SeverityTrend)
        );
        for (var day = 0; day < dayCount; day++)
        {
            var date = DateOnly.FromDayNumber(firstDay + day);
            var yearDays = DateTime.IsLeapYear(date.Year) ? 366 : 365;
            var years = day / 365.25;
            var intensity = seasons[date.Month - 1] * VectorMath.Exp(frequencyGrowth * years) / yearDays;
            amountLevel[day] = VectorMath.Exp(amountGrowth * years);
            cumulativeIntensity[day + 1] = cumulativeIntensity[day] + intensity;
            cumulativeCost[day + 1] = cumulativeCost[day] + intensity * amountLevel[day];
        }
    }

    /// <summary>Integral of the intensity from one day up to, not including, another; about 1 for a year.</summary>
    public double Intensity(int from, int to) => cumulativeIntensity[Index(to)] - cumulativeIntensity[Index(from)];

    /// <summary>The same with each day weighted by its level of amounts.</summary>
    public double Cost(int from, int to) => cumulativeCost[Index(to)] - cumulativeCost[Index(from)];

    /// <summary>Amounts on a day against those on the first.</summary>
    public double AmountLevel(int day) => amountLevel[Math.Min(Index(day), amountLevel.Length - 1)];

    /// <summary>The day of a claim between two days, from a uniform number in (0, 1).</summary>
    public int DayAt(int from, int to, double uniform)
    {
        var (first, last) = (Index(from), Index(to));
        var wanted = cumulativeIntensity[first] + uniform * (cumulativeIntensity[last] - cumulativeIntensity[first]);
        var found = Array.BinarySearch(cumulativeIntensity, first, last - first, wanted);
        return firstDay + Math.Clamp(found >= 0 ? found : ~found - 1, first, last - 1);
    }

    int Index(int day)
    {
        var index = day - firstDay;
        if ((uint)index >= (uint)cumulativeIntensity.Length)
            ThrowOutside(day);
        return index;
    }

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    void ThrowOutside(int day) =>
        throw new ArgumentOutOfRangeException(
            nameof(day),
            $"{DateOnly.FromDayNumber(day):yyyy-MM-dd} is outside the known truth, which goes from {DateOnly.FromDayNumber(firstDay):yyyy-MM-dd} "
                + $"to {DateOnly.FromDayNumber(firstDay + amountLevel.Length):yyyy-MM-dd}."
        );
}
