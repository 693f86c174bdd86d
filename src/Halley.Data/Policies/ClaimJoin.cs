namespace Halley.Data;

/// <summary>Counts claims on the policies they belong to. No claim is lost in silence: each has a fate that is counted.</summary>
public static class ClaimJoin
{
    const int KeysShown = 5;

    /// <summary>Joins claims to policies.</summary>
    /// <remarks>
    /// 1. Rows of claims not known by the valuation date, or valued again later, are set aside. 2. The rest look for their policy
    /// by key, and for the cover that holds their date. 3. Counts and amounts are added up in the order of the claims, with
    /// compensated sums. 4. Amounts are capped and the excess is spread.
    /// </remarks>
    /// <exception cref="HalleyException">
    /// HLY1001, HLY1002 columns; HLY1314 a policy has several rows that a claim fits; HLY1315 an amount is missing; HLY1316 a name is
    /// taken; HLY1317, HLY1318 nothing to spread by.
    /// </exception>
    public static ClaimJoinResult Join(Table policies, Table claims, ClaimJoinOptions options)
    {
        if (options.Validate() is { Count: > 0 } wrong)
            throw new ArgumentException($"claim join: {string.Join(" ", wrong)}", nameof(options));
        var fates = ClaimValuation.Of(claims, options);
        var policyRow = new ClaimMatcher(policies, claims, options).Match(fates);
        var amounts = Array.ConvertAll(options.Amounts.ToArray(), amount => AmountsOf(claims, amount.Column));
        var joined = WithNew(policies, Counted(options.CountName, policyRow, policies.RowCount));
        for (var i = 0; i < amounts.Length; i++)
        {
            foreach (var column in ClaimTotals.Of(policies, policyRow, amounts[i], options.Amounts[i]))
                joined = WithNew(joined, column);
        }
        return new(joined, policyRow, fates, AccountOf(claims, options, fates, amounts));
    }

    static NumericColumn Counted(string name, int[] policyRow, int policies)
    {
        var counts = new double[policies];
        foreach (var row in policyRow)
        {
            if (row >= 0)
                counts[row]++;
        }
        return new(name, counts);
    }

    static double[] AmountsOf(Table claims, string name)
    {
        var column = claims.Numeric(name);
        for (var row = 0; row < column.RowCount; row++)
        {
            if (column.IsMissing(row))
                throw new HalleyException(
                    "HLY1315",
                    $"column '{name}' of the claims, row {row + 1}: the amount is missing. Fill it in, or leave the claim out."
                );
        }
        return column.Values.ToArray();
    }

    static Table WithNew(Table table, Column column) =>
        table.Has(column.Name)
            ? throw new HalleyException(
                "HLY1316",
                $"the policies already have a column '{column.Name}'. Give the count or amount another name, or take the column out."
            )
            : table.With(column);

    static List<ClaimFateTotal> AccountOf(Table claims, ClaimJoinOptions options, ClaimFate[] fates, double[][] amounts)
    {
        var account = new List<ClaimFateTotal>();
        foreach (var fate in Enum.GetValues<ClaimFate>())
        {
            int[] rows = [.. Enumerable.Range(0, fates.Length).Where(row => fates[row] == fate)];
            if (rows.Length == 0)
                continue;
            var totals = Array.ConvertAll(amounts, column => CompensatedSum.Of(Gather.At(column, rows)));
            var keys = options.ClaimKey ?? options.PolicyKey;
            account.Add(
                new(fate, rows.Length, totals, [.. rows.Take(KeysShown).Select(row => RowKeys.Shown(claims, keys, row))])
            );
        }
        return account;
    }
}
