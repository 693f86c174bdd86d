namespace Halley.Sources.Generation;

/// <summary>Sums by calendar month, laid out month by month in one span: shape (months × totals).</summary>
sealed class MonthlyTotals
{
    const int Width = (int)MonthRow.Total.Count;

    /// <summary>First day of every month, and of the one after the last.</summary>
    readonly int[] monthStarts;

    public MonthlyTotals(PortfolioOptions options)
    {
        // A portfolio that starts within a month has a shorter first one.
        var starts = new List<int> { options.Start.DayNumber };
        for (
            var next = new DateOnly(options.Start.Year, options.Start.Month, 1).AddMonths(1);
            next < options.End;
            next = next.AddMonths(1)
        )
            starts.Add(next.DayNumber);
        monthStarts = [.. starts, options.End.DayNumber];
    }

    public int MonthCount => monthStarts.Length - 1;

    public int Length => MonthCount * Width;

    /// <summary>Spreads a policy period over its months.</summary>
    public void AddPeriod(Span<double> totals, in PolicyRow row)
    {
        var yearsADay = row.ExposureYears / (row.ToDay - row.FromDay);
        for (var month = MonthOf(row.FromDay); month < MonthCount && monthStarts[month] < row.ToDay; month++)
        {
            var days = Math.Min(row.ToDay, monthStarts[month + 1]) - Math.Max(row.FromDay, monthStarts[month]);
            At(totals, month, MonthRow.Total.Exposure) += days * yearsADay;
            At(totals, month, MonthRow.Total.EarnedPremium) += days * yearsADay * row.Premium;
        }
    }

    public void AddClaim(Span<double> totals, in ClaimRow claim)
    {
        var month = MonthOf(claim.OccurrenceDay);
        At(totals, month, MonthRow.Total.Claims)++;
        At(totals, month, MonthRow.Total.ClaimTotal) += claim.Amount;
        At(totals, month, MonthRow.Total.LargeClaims) += claim.Amount >= SeverityTruth.LargeThreshold ? 1 : 0;
        At(totals, month, MonthRow.Total.Frauds) += claim.IsFraud ? 1 : 0;
    }

    public void AddQuote(Span<double> totals, in QuoteRow quote)
    {
        var month = MonthOf(quote.Day);
        At(totals, month, MonthRow.Total.Quotes)++;
        At(totals, month, MonthRow.Total.Conversions) += quote.IsConverted ? 1 : 0;
    }

    public Table Build(double[] totals)
    {
        var table = new RecordTable<MonthRow>(MonthRow.Layout, MonthCount);
        for (var month = 0; month < MonthCount; month++)
            table.Set(month, new(monthStarts[month], totals.AsMemory(month * Width, Width)));
        return table.Build(threads: 1);
    }

    int MonthOf(int day)
    {
        var found = Array.BinarySearch(monthStarts, day);
        return found >= 0 ? found : ~found - 1;
    }

    static ref double At(Span<double> totals, int month, MonthRow.Total total) => ref totals[month * Width + (int)total];
}
