using Halley.Data;

namespace Halley.Registry;

/// <summary>How much one column tells about another: Cramér's V of their groups, weighted by exposure.</summary>
/// <remarks>
/// V = √(φ² / (min(r, c) − 1)) with φ² = Σ (p_ij − p_i·p_j)² / (p_i·p_j): 0 where they are independent, 1 where one follows from the
/// other. Groups without exposure do not count. Source: Cramér (1946), Mathematical Methods of Statistics, section 21.9.
/// </remarks>
static class Association
{
    /// <summary>NaN where one of them has fewer than two groups.</summary>
    internal static double Of(Column one, Column other, double[] exposure)
    {
        if (PortfolioGroups.Of(one, exposure) is not { } rows || PortfolioGroups.Of(other, exposure) is not { } columns)
            return double.NaN;
        var (rowOf, columnOf) = (rows.Codes(one), columns.Codes(other));
        var joint = new double[rows.Count, columns.Count];
        var (byRow, byColumn) = (new double[rows.Count], new double[columns.Count]);
        var total = exposure.Sum();
        for (var i = 0; i < exposure.Length; i++)
        {
            var share = exposure[i] / total;
            joint[rowOf[i], columnOf[i]] += share;
            byRow[rowOf[i]] += share;
            byColumn[columnOf[i]] += share;
        }
        var least = Math.Min(byRow.Count(share => share > 0), byColumn.Count(share => share > 0));
        if (least < 2)
            return double.NaN;
        var phi = 0.0;
        for (var row = 0; row < byRow.Length; row++)
        {
            for (var column = 0; column < byColumn.Length; column++)
            {
                var expected = byRow[row] * byColumn[column];
                if (expected > 0)
                    phi += (joint[row, column] - expected) * (joint[row, column] - expected) / expected;
            }
        }
        return Math.Min(1, Math.Sqrt(phi / (least - 1)));
    }
}
