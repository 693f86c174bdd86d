namespace Halley.Specs;

/// <summary>Suggests what a mistyped word was meant to be.</summary>
static class Nearest
{
    /// <summary>", did you mean 'x'?" for the closest of the words within two or three slips, else an empty text.</summary>
    public static string Hint(string word, IEnumerable<string> known)
    {
        var best = known
            .Select(candidate => (candidate, Slips: Slips(word, candidate)))
            .OrderBy(pair => pair.Slips)
            .FirstOrDefault();
        return best.candidate is not null && best.Slips <= Math.Max(1, word.Length / 3)
            ? $" Did you mean '{best.candidate}'?"
            : "";
    }

    /// <summary>Fewest letters to insert, delete or change (Levenshtein 1966).</summary>
    static int Slips(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                (diagonal, row[j]) = (row[j], Math.Min(change, Math.Min(row[j], row[j - 1]) + 1));
            }
        }
        return row[b.Length];
    }
}
