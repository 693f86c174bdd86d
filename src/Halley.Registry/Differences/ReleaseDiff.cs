using Halley.Decisions;

namespace Halley.Registry;

/// <summary>What differs between two releases of a decision, in words: models, rating tables, formulas, rules, tables, what callers see.</summary>
public static class ReleaseDiff
{
    /// <summary>Every difference, in the order in which a decision is read; empty where both decide alike by the same parts.</summary>
    public static IReadOnlyList<ReleaseChange> Between(LoadedRelease before, LoadedRelease after)
    {
        var (old, now) = (before.Definition, after.Definition);
        return
        [
            .. DecisionInterface
                .Changes(old, now)
                .Select(change => new ReleaseChange(
                    "callers",
                    $"{change}{(change.IsBreaking ? " (breaks present callers)" : "")}."
                )),
            .. ModelChanges.Between(before, after),
            .. FormulaChanges.Between(old, now),
            .. RuleChanges.Between(old, now),
            .. TableChanges.Between(old, now),
            .. Files(before.Release, after.Release),
        ];
    }

    static IEnumerable<ReleaseChange> Files(Release before, Release after)
    {
        var (old, now) = (
            before.Tables.ToDictionary(table => table.Name, table => table.Hash),
            after.Tables.ToDictionary(table => table.Name, table => table.Hash)
        );
        foreach (var name in old.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
        {
            var what = (old.TryGetValue(name, out var from), now.TryGetValue(name, out var to)) switch
            {
                (false, _) => "was added.",
                (_, false) => "was removed.",
                _ => from == to ? null : "has other content.",
            };
            if (what is not null)
                yield return new($"file {name}", what);
        }
    }
}
