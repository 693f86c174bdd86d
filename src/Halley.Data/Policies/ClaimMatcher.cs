namespace Halley.Data;

/// <summary>Finds the policy row that each claim belongs to.</summary>
sealed class ClaimMatcher
{
    readonly Table policies;
    readonly ClaimJoinOptions options;
    readonly int[] claimKeys;
    readonly int[] claimDays;
    readonly int[] coverStart = [];
    readonly int[] coverEnd = [];

    // Rows of one key stand together: firstRow[key] .. firstRow[key + 1] in rowsByKey, in the order given.
    readonly int[] firstRow;
    readonly int[] rowsByKey;

    public ClaimMatcher(Table policies, Table claims, ClaimJoinOptions options)
    {
        (this.policies, this.options) = (policies, options);
        (var policyKeys, claimKeys) = RowKeys.Of(policies, options.PolicyKey, claims, options.ClaimKey ?? options.PolicyKey);
        claimDays = options.ClaimDate is null ? [] : claims.Date(options.ClaimDate).DayNumbers.ToArray();
        if (options.CoverStart is not null)
        {
            coverStart = policies.Date(options.CoverStart).DayNumbers.ToArray();
            coverEnd = policies.Date(options.CoverEnd!).DayNumbers.ToArray();
        }
        (firstRow, rowsByKey) = Group(policyKeys, claimKeys);
    }

    /// <summary>Shape (claims): the policy's row or −1; <paramref name="fates"/> tells why.</summary>
    public int[] Match(ClaimFate[] fates)
    {
        var rows = new int[fates.Length];
        for (var claim = 0; claim < rows.Length; claim++)
        {
            rows[claim] = -1;
            if (fates[claim] == ClaimFate.Matched)
                (rows[claim], fates[claim]) = Find(claim);
        }
        return rows;
    }

    (int Row, ClaimFate Fate) Find(int claim)
    {
        var key = claimKeys[claim];
        if (key < 0 || firstRow[key] == firstRow[key + 1])
            return (-1, ClaimFate.NoPolicy);
        var candidates = rowsByKey.AsSpan(firstRow[key]..firstRow[key + 1]);
        if (options.CoverStart is null)
            return candidates.Length == 1 ? (candidates[0], ClaimFate.Matched) : throw Ambiguous(candidates);
        var day = claimDays[claim];
        if (day < 0)
            return (-1, ClaimFate.Undated);
        var found = -1;
        foreach (var row in candidates)
        {
            if (day < coverStart[row] || day > coverEnd[row] - (options.EndIncluded ? 0 : 1) || coverStart[row] < 0)
                continue;
            if (found >= 0)
                throw Ambiguous([found, row]);
            found = row;
        }
        return found < 0 ? (-1, ClaimFate.OutsideCover) : (found, ClaimFate.Matched);
    }

    static (int[] FirstRow, int[] RowsByKey) Group(int[] policyKeys, int[] claimKeys)
    {
        var count = Math.Max(policyKeys.DefaultIfEmpty(-1).Max(), claimKeys.DefaultIfEmpty(-1).Max()) + 1;
        var first = new int[count + 1];
        foreach (var key in policyKeys)
        {
            if (key >= 0)
                first[key + 1]++;
        }
        for (var key = 0; key < count; key++)
            first[key + 1] += first[key];
        var (rows, next) = (new int[first[count]], first.ToArray());
        for (var row = 0; row < policyKeys.Length; row++)
        {
            if (policyKeys[row] >= 0)
                rows[next[policyKeys[row]]++] = row;
        }
        return (first, rows);
    }

    HalleyException Ambiguous(ReadOnlySpan<int> rows)
    {
        var remedy = options.CoverStart is null
            ? "Name the claim date and the start and end of cover, or columns that make the key unique"
            : "End one cover before the other begins, or add a column that tells them apart";
        return new(
            "HLY1314",
            $"policy {RowKeys.Shown(policies, options.PolicyKey, rows[0])} is on rows {rows[0] + 1} and {rows[1] + 1}, "
                + $"and a claim fits both. {remedy}."
        );
    }
}
