namespace Halley.Data;

/// <summary>The known text that a misspelt one most likely means.</summary>
static class NearestText
{
    // Bounds the work that a caller can cause with bad input.
    const int LongestCompared = 48;

    /// <summary>The first of the nearest texts, or null where none is near: more than a third of the characters differ.</summary>
    public static string? Of(string text, IEnumerable<string> known)
    {
        if (text.Length is 0 or > LongestCompared)
            return null;
        var limit = Math.Max(1, text.Length / 3);
        var (nearest, least) = ((string?)null, limit + 1);
        var folded = text.ToLowerInvariant();
        foreach (var candidate in known)
        {
            if (Math.Abs(candidate.Length - text.Length) >= least || candidate.Length > LongestCompared)
                continue;
            var distance = Distance(folded, candidate.ToLowerInvariant());
            // One character says too little to guess from, unless only its case differs.
            if (distance < least && distance < Math.Max(text.Length, candidate.Length))
                (nearest, least) = (candidate, distance);
        }
        return nearest;
    }

    /// <summary>Insertions, deletions and replacements between two texts: Levenshtein (1966), Soviet Physics Doklady 10(8).</summary>
    static int Distance(string a, string b)
    {
        Span<int> row = stackalloc int[LongestCompared + 1];
        for (var j = 0; j <= b.Length; j++)
            row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
