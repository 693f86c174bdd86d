namespace Halley.Data;

/// <summary>Adds claim amounts up on their policies, capped and spread as declared.</summary>
static class ClaimTotals
{
    public static IEnumerable<Column> Of(Table policies, int[] policyRow, double[] amounts, ClaimAmount amount)
    {
        var name = amount.Name ?? amount.Column;
        yield return new NumericColumn(name, AddUp(policies.RowCount, policyRow, amounts));
        if (amount.CapAt is not { } threshold)
            yield break;
        var counted = new double[amounts.Length];
        for (var claim = 0; claim < counted.Length; claim++)
            counted[claim] = policyRow[claim] >= 0 ? amounts[claim] : 0;
        var capped = ClaimCap.Cap(counted, threshold);
        var cost = AddUp(policies.RowCount, policyRow, capped.Amounts);
        yield return new NumericColumn(name + "Capped", cost);
        var key = amount.SpreadBy == ExcessKey.CappedCost ? cost : ExposureOf(policies, name);
        yield return new NumericColumn(name + "Spread", ClaimCap.Spread(cost, capped.Excess, key));
    }

    static double[] AddUp(int policies, int[] policyRow, double[] amounts)
    {
        var sums = new CompensatedSum[policies];
        for (var claim = 0; claim < policyRow.Length; claim++)
        {
            if (policyRow[claim] >= 0)
                sums[policyRow[claim]].Add(amounts[claim]);
        }
        return Array.ConvertAll(sums, sum => sum.Value);
    }

    static double[] ExposureOf(Table policies, string name) =>
        policies.Columns.OfType<ExposureColumn>().FirstOrDefault()?.Years.ToArray()
        ?? throw new HalleyException(
            "HLY1318",
            $"the excess of '{name}' is to be spread by exposure, and the policies have no exposure column. "
                + "Declare one, or spread by capped cost."
        );
}
