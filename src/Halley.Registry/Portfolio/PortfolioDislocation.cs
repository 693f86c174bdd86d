using Halley.Data;

namespace Halley.Registry;

/// <summary>How far prices of one portfolio move from one release to another.</summary>
static class PortfolioDislocation
{
    /// <param name="before">Shape (n); NaN or 0 where there was no price.</param>
    /// <param name="after">Shape (n); NaN where there is none.</param>
    /// <param name="threshold">Policies that change by more than this share count as moved.</param>
    /// <param name="segments">Fields of the portfolio to look at by level.</param>
    internal static DislocationEvidence Of(
        string gate,
        double[] before,
        double[] after,
        double threshold,
        Table rows,
        IReadOnlyList<string> segments
    )
    {
        var whole = Measure(before, after, threshold, _ => true);
        var exposure = PortfolioRows.Exposure(rows);
        var parts = new List<DislocationSegment>();
        foreach (var field in segments)
        {
            if (PortfolioGroups.Of(rows[field], exposure) is not { } groups)
                continue;
            var codes = groups.Codes(rows[field]);
            for (var group = 0; group < groups.Count; group++)
            {
                var found = Measure(before, after, threshold, row => codes[row] == group);
                if (found.Policies > 0)
                    parts.Add(new(groups.Describe(group), found.Policies, found.Moved, found.Rise, found.Change));
            }
        }
        return new()
        {
            Gate = gate,
            HasChampion = true,
            Policies = whole.Policies,
            Moved = whole.Moved,
            LargestRise = whole.Rise,
            TotalChange = whole.Change,
            Segments = segments.Count == 0 ? null : parts,
        };
    }

    static (long Policies, long Moved, double Rise, double Change) Measure(
        double[] before,
        double[] after,
        double threshold,
        Func<int, bool> isIn
    )
    {
        var (policies, moved, rise, total, totalAfter) = (0L, 0L, 0.0, 0.0, 0.0);
        for (var row = 0; row < before.Length; row++)
        {
            // A declined record has no premium to compare.
            if (!(before[row] > 0) || double.IsNaN(after[row]) || !isIn(row))
                continue;
            var change = after[row] / before[row] - 1;
            policies++;
            moved += Math.Abs(change) > threshold ? 1 : 0;
            rise = Math.Max(rise, change);
            total += before[row];
            totalAfter += after[row];
        }
        return (policies, moved, rise, total > 0 ? totalAfter / total - 1 : 0);
    }
}
