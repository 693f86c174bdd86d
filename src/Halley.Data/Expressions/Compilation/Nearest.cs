namespace Halley.Data.Expressions;

/// <summary>Names close to a misspelt one, for error messages.</summary>
static class Nearest
{
    const int Shown = 3;
    const int ListedInFull = 6;
    const int LongestCompared = 60;

    /// <summary>" Nearest: a, b, c." or, where there are few, " There are: …."; empty where there is none.</summary>
    public static string Sentence(string wanted, IEnumerable<string> names)
    {
        var all = names.ToArray();
        if (all.Length == 0)
            return "";
        if (all.Length <= ListedInFull)
            return $" There {(all.Length == 1 ? "is" : "are")}: {Quoted(all)}.";
        var distances = Array.ConvertAll(all, name => Distance(wanted, name));
        var limit = distances.Min() + 1;
        var nearest = all.Zip(distances)
            .Where(entry => entry.Second <= limit)
            .OrderBy(entry => entry.Second)
            .Take(Shown)
            .Select(entry => entry.First);
        return $" Nearest of {all.Length}: {Quoted(nearest)}.";
    }

    static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));

    /// <summary>Single-character insertions, deletions and replacements between two texts, case ignored.</summary>
    /// <remarks>Source: Wagner &amp; Fischer (1974), J. ACM 21(1), 168–173.</remarks>
    internal static int Distance(string first, string second)
    {
        var a = first.AsSpan(0, Math.Min(first.Length, LongestCompared));
        var b = second.AsSpan(0, Math.Min(second.Length, LongestCompared));
        Span<int> row = stackalloc int[b.Length + 1];
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
