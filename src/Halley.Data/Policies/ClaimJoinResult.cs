namespace Halley.Data;

/// <summary>Policies with their claims counted and added up, and an account of every claim.</summary>
/// <param name="Policies">The policies given, with count and amounts added.</param>
/// <param name="PolicyRow">Shape (claims): the policy's row; −1 where the claim is not counted.</param>
/// <param name="Fates">Shape (claims).</param>
/// <param name="Account">One entry a fate that occurs; rows and totals add up to all claims given.</param>
public sealed record ClaimJoinResult(Table Policies, int[] PolicyRow, ClaimFate[] Fates, IReadOnlyList<ClaimFateTotal> Account)
{
    /// <summary>Rows of claims of one fate.</summary>
    public int RowsOf(ClaimFate fate) => Account.FirstOrDefault(total => total.Fate == fate)?.Rows ?? 0;

    /// <summary>A row for each counted claim: its own columns, and those of its policy whose names it does not have.</summary>
    /// <param name="claims">The table that was joined.</param>
    public Table ClaimsWithPolicies(Table claims)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(claims.RowCount, PolicyRow.Length, nameof(claims));
        int[] counted = [.. Enumerable.Range(0, PolicyRow.Length).Where(row => PolicyRow[row] >= 0)];
        var policies = Policies.Take(Array.ConvertAll(counted, row => PolicyRow[row]));
        return new([.. claims.Take(counted).Columns, .. policies.Columns.Where(column => !claims.Has(column.Name))]);
    }
}
