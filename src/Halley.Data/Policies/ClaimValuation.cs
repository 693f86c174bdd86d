namespace Halley.Data;

/// <summary>Which rows of claims were known on the valuation date, and which of several valuations of a claim counts.</summary>
static class ClaimValuation
{
    /// <summary>Shape (claims): <see cref="ClaimFate.Matched"/> for rows that may still find a policy.</summary>
    public static ClaimFate[] Of(Table claims, ClaimJoinOptions options)
    {
        var fates = new ClaimFate[claims.RowCount];
        if (options.ValuationDate is { } date)
        {
            foreach (var name in new[] { options.ClaimDate, options.ReportDate, options.ValuedOn })
            {
                if (name is not null)
                    SetAsideLater(claims.Date(name), date.DayNumber, fates);
            }
        }
        if (options.ClaimId is not null)
            SetAsideSuperseded(claims, options.ClaimId, claims.Date(options.ValuedOn!), fates);
        return fates;
    }

    static void SetAsideLater(DateColumn column, int valuationDay, ClaimFate[] fates)
    {
        for (var row = 0; row < fates.Length; row++)
        {
            // What has no date can't be shown to have been known.
            if (column.DayNumbers[row] < 0 && fates[row] == ClaimFate.Matched)
                fates[row] = ClaimFate.Undated;
            else if (column.DayNumbers[row] > valuationDay)
                fates[row] = ClaimFate.NotYetKnown;
        }
    }

    static void SetAsideSuperseded(Table claims, string id, DateColumn valuedOn, ClaimFate[] fates)
    {
        var keys = RowKeys.Of(claims, [id]);
        var latest = new Dictionary<int, int>();
        for (var row = 0; row < fates.Length; row++)
        {
            if (fates[row] != ClaimFate.Matched)
                continue;
            if (!latest.TryGetValue(keys[row], out var other))
            {
                latest.Add(keys[row], row);
                continue;
            }
            // Of two valuations of one day the later row counts.
            var replaces = valuedOn.DayNumbers[row] >= valuedOn.DayNumbers[other];
            fates[replaces ? other : row] = ClaimFate.Superseded;
            if (replaces)
                latest[keys[row]] = row;
        }
    }
}
