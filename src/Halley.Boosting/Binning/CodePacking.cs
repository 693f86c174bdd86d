namespace Halley.Boosting;

/// <summary>Decides which features share a stored column.</summary>
static class CodePacking
{
    /// <summary>Codes of a narrow column at most.</summary>
    internal const int NarrowCodes = 256;

    /// <summary>Columns that hold every feature once: the largest first, each filled up with the largest that still fits.</summary>
    /// <param name="binCounts">Shape (features): bins that occur in each.</param>
    /// <param name="share">Whether features may share columns.</param>
    internal static StoredColumn[] Of(int[] binCounts, bool share)
    {
        var groups = new List<(int Codes, List<CodeMember> Members)>();
        foreach (var feature in Enumerable.Range(0, binCounts.Length).OrderByDescending(feature => binCounts[feature]))
        {
            var count = binCounts[feature];
            var at = share ? groups.FindIndex(group => group.Codes <= NarrowCodes && group.Codes * count <= NarrowCodes) : -1;
            if (at < 0)
            {
                groups.Add((count, [new(feature, 1, count)]));
                continue;
            }
            groups[at].Members.Add(new(feature, groups[at].Codes, count));
            groups[at] = groups[at] with { Codes = groups[at].Codes * count };
        }
        var (narrow, wide) = (0, 0);
        return
        [
            .. groups.Select(group =>
                group.Codes <= NarrowCodes
                    ? new StoredColumn(narrow++, true, group.Codes, [.. group.Members])
                    : new StoredColumn(wide++, false, group.Codes, [.. group.Members])
            ),
        ];
    }
}
