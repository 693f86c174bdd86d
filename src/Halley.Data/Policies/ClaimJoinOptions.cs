namespace Halley.Data;

/// <summary>How claims find their policies, and what is counted.</summary>
public sealed record ClaimJoinOptions
{
    /// <summary>Columns that together name the policy.</summary>
    public required IReadOnlyList<string> PolicyKey { get; init; }

    /// <summary>The same in the claims, in the same order; null for the same names.</summary>
    public IReadOnlyList<string>? ClaimKey { get; init; }

    /// <summary>Date column of the claims: the day of the event. Needed where a policy has several covers.</summary>
    public string? ClaimDate { get; init; }

    /// <summary>Date column of the policies: first day of cover. With <see cref="ClaimDate"/>, a claim belongs to the cover that holds its date.</summary>
    public string? CoverStart { get; init; }

    /// <summary>Date column of the policies: the day after the last, or the last day itself if <see cref="EndIncluded"/>.</summary>
    public string? CoverEnd { get; init; }

    /// <summary>Whether the end date is still covered. Default false.</summary>
    public bool EndIncluded { get; init; }

    /// <summary>Only what was known on this day counts: claims that happened and were reported by then, as valued by then. Null for all.</summary>
    public DateOnly? ValuationDate { get; init; }

    /// <summary>Date column of the claims: the day on which the claim was reported; null where it is not known.</summary>
    public string? ReportDate { get; init; }

    /// <summary>Where a claim has a row for each valuation: the column that names the claim. Together with <see cref="ValuedOn"/>.</summary>
    public string? ClaimId { get; init; }

    /// <summary>Date column of the claims: the day as of which a row values its claim. The latest by the valuation date counts.</summary>
    public string? ValuedOn { get; init; }

    /// <summary>Amounts to add up.</summary>
    public IReadOnlyList<ClaimAmount> Amounts { get; init; } = [];

    /// <summary>Column made on the policies: number of claims. Default <c>ClaimCount</c>.</summary>
    public string CountName { get; init; } = "ClaimCount";

    /// <summary>All that is wrong with these options.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        if (PolicyKey.Count == 0)
            problems.Add("no column names the policy.");
        if (ClaimKey is not null && ClaimKey.Count != PolicyKey.Count)
            problems.Add($"{ClaimKey.Count} columns of the claims stand against {PolicyKey.Count} of the policies.");
        if (CoverStart is null != CoverEnd is null)
            problems.Add("cover start and cover end go together.");
        if (CoverStart is not null && ClaimDate is null)
            problems.Add("covers with dates need the claim date.");
        if (ClaimId is null != ValuedOn is null)
            problems.Add("claim id and valuation column go together.");
        if (ValuationDate is not null && (ClaimDate ?? ReportDate ?? ValuedOn) is null)
            problems.Add("a valuation date needs the claim date, the report date or the valuation column.");
        foreach (var amount in Amounts.Where(amount => !(amount.CapAt is null or > 0)))
            problems.Add($"amount '{amount.Column}': the cap must be above 0.");
        return problems;
    }
}
