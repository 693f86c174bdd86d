namespace Halley.Data;

/// <summary>Dates at which covers are cut.</summary>
public static class CalendarCuts
{
    /// <summary>The first days of calendar periods after <paramref name="from"/>, up to <paramref name="to"/>.</summary>
    /// <param name="months">Months of a period: 1, 2, 3, 4, 6 or 12, counted from January.</param>
    public static IReadOnlyList<DateOnly> Every(int months, DateOnly from, DateOnly to)
    {
        if (months is not (1 or 2 or 3 or 4 or 6 or 12))
            throw new ArgumentOutOfRangeException(
                nameof(months),
                months,
                "a calendar year holds periods of 1, 2, 3, 4, 6 or 12 months."
            );
        var cuts = new List<DateOnly>();
        var first = new DateOnly(from.Year, (from.Month - 1) / months * months + 1, 1);
        for (var cut = first.AddMonths(months); cut <= to; cut = cut.AddMonths(months))
            cuts.Add(cut);
        return cuts;
    }
}
