namespace Halley.Data;

/// <summary>The known texts that a misspelt one most likely means.</summary>
public static class NearestText
{
    // Bounds the work that a caller can cause with bad input.
    const int LongestCompared = 60;
    const int Shown = 3;
    const int ListedInFull = 6;

    /// <summary>The first of the nearest texts, or null where none is near: more than a third of the characters differ.</summary>
    public static string? Of(string text, IEnumerable<string> known)
    {
        if (text.Length is 0 or > LongestCompared)
            return null;
        var limit = Math.Max(1, text.Length / 3);
        var (nearest, least) = ((string?)null, limit + 1);
        foreach (var candidate in known)
        {
            if (Math.Abs(candidate.Length - text.Length) >= least || candidate.Length > LongestCompared)
                continue;
            var distance = Distance(text, candidate);
            // One character says too little to guess from, unless only its case differs.
            if (distance < least && distance < Math.Max(text.Length, candidate.Length))
                (nearest, least) = (candidate, distance);
        }
        return nearest;
    }

    /// <summary>" Did you mean 'x'?", or an empty text where none is near.</summary>
    public static string Hint(string text, IEnumerable<string> known) =>
        Of(text, known) is { } nearest ? $" Did you mean '{nearest}'?" : "";

    /// <summary>" Nearest of n: a, b, c." or, where there are few, " There are: …."; empty where there is none.</summary>
    public static string Sentence(string text, IEnumerable<string> known)
    {
        var all = known.ToArray();
        if (all.Length == 0)
            return "";
        if (all.Length <= ListedInFull)
            return $" There {(all.Length == 1 ? "is" : "are")}: {Quoted(all)}.";
        var distances = Array.ConvertAll(all, name => Distance(text, name));
        var limit = distances.Min() + 1;
        var nearest = all.Zip(distances)
            .Where(entry => entry.Second <= limit)
            .OrderBy(entry => entry.Second)
            .Take(Shown)
            .Select(entry => entry.First);
        return $" Nearest of {all.Length}: {Quoted(nearest)}.";
    }

    static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));

    /// <summary>Single-character insertions, deletions and replacements between two texts, case ignored; of long texts the start.</summary>
    /// <remarks>Source: Wagner &amp; Fischer (1974), J. ACM 21(1), 168–173.</remarks>
    internal static int Distance(string first, string second)
    {
        var a = first.AsSpan(0, Math.Min(first.Length, LongestCompared));
        var b = second.AsSpan(0, Math.Min(second.Length, LongestCompared));
        Span<int> row = stackalloc int[LongestCompared + 1];
        for (var j = 0; j <= b.Length; j++)
            row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]);
                var replaced = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
