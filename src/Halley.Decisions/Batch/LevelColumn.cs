using System.Collections.Concurrent;

namespace Halley.Decisions;

/// <summary>Codes of a column whose levels may grow: a fallback may answer with levels that the release does not have.</summary>
sealed class LevelColumn(IReadOnlyList<string> levels, int rowCount)
{
    readonly int[] codes = new int[rowCount];
    readonly ConcurrentDictionary<int, string> foreign = new();

    /// <summary>Sets a row to a code of the release's own levels; −1 for missing.</summary>
    public void Set(int row, int code) => codes[row] = code;

    /// <summary>Sets a row to a level.</summary>
    public void Set(int row, string level) => foreign[row] = level;

    public CategoricalColumn ToColumn(string name)
    {
        // In row order, so that the levels do not depend on which thread came first.
        var all = new LevelList(
            levels.Concat(foreign.OrderBy(entry => entry.Key).Select(entry => entry.Value)).Distinct(StringComparer.Ordinal)
        );
        foreach (var (row, level) in foreign)
            codes[row] = all.CodeOf(level);
        return new(name, codes, all);
    }
}
