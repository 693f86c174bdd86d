using Halley.Data.Expressions;
using Halley.Decisions;

namespace Halley.Registry;

/// <summary>Lookup tables with other cells, and other usual ranges.</summary>
static class TableChanges
{
    const int Cells = 10;

    internal static IEnumerable<ReleaseChange> Between(DecisionDefinition before, DecisionDefinition after)
    {
        var (old, now) = (before.Tables.ToDictionary(table => table.Name), after.Tables.ToDictionary(table => table.Name));
        foreach (var name in old.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
        {
            var part = $"table {name}";
            if (!now.TryGetValue(name, out var table))
                yield return new(part, "was removed.");
            else if (!old.TryGetValue(name, out var earlier))
                yield return new(part, $"is new, with {table.Rows.Count} rows.");
            else
                foreach (var change in Of(part, earlier, table))
                    yield return change;
        }
        foreach (
            var name in before
                .UsualRanges.Concat(after.UsualRanges)
                .Select(range => range.Name)
                .Distinct()
                .Order(StringComparer.Ordinal)
        )
        {
            var (from, to) = (
                before.UsualRanges.FirstOrDefault(range => range.Name == name),
                after.UsualRanges.FirstOrDefault(range => range.Name == name)
            );
            if (from is null || to is null || !from.Quantiles.SequenceEqual(to.Quantiles))
                yield return new(
                    $"usual range of {name}",
                    from is null ? "is new."
                        : to is null ? "was removed."
                        : "has other quantiles."
                );
        }
    }

    static IEnumerable<ReleaseChange> Of(string part, LookupTable before, LookupTable after)
    {
        if (!before.Keys.SequenceEqual(after.Keys))
        {
            yield return new(part, "has other keys.");
            yield break;
        }
        if (before.Default != after.Default)
            yield return new(
                part,
                $"gives {after.Default ?? "nothing"} in place of {before.Default ?? "nothing"} where no row fits."
            );
        var (old, now) = (Rows(before), Rows(after));
        var moved = new List<string>();
        foreach (var key in old.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
        {
            var (from, to) = (old.GetValueOrDefault(key), now.GetValueOrDefault(key));
            if (from != to)
                moved.Add(
                    from is null ? $"{key} is new: {to}"
                    : to is null ? $"{key} is gone; it was {from}"
                    : $"{key}: {from} becomes {to}"
                );
        }
        foreach (var cell in moved.Take(Cells))
            yield return new(part, $"{cell}.");
        if (moved.Count > Cells)
            yield return new(part, $"{moved.Count - Cells} further rows differ.");
    }

    static Dictionary<string, string> Rows(LookupTable table) =>
        table
            .Rows.GroupBy(row => string.Join(", ", row.Keys.Select(cell => cell ?? "missing")))
            .ToDictionary(group => group.Key, group => group.First().Value, StringComparer.Ordinal);
}
