using System.Globalization;
using Halley.Models;

namespace Halley.Registry;

/// <summary>Other models under a decision's aliases, and what their rating tables say differently.</summary>
static class ModelChanges
{
    const int Cells = 10;

    internal static IEnumerable<ReleaseChange> Between(LoadedRelease before, LoadedRelease after)
    {
        var old = before.Definition.Models.ToDictionary(use => use.Alias, StringComparer.Ordinal);
        var now = after.Definition.Models.ToDictionary(use => use.Alias, StringComparer.Ordinal);
        foreach (var alias in old.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
        {
            var part = $"model {alias}";
            if (!now.TryGetValue(alias, out var use))
            {
                yield return new(part, $"{VersionOf(before, old[alias].Reference)} is no longer used.");
                continue;
            }
            if (!old.TryGetValue(alias, out var earlier))
            {
                yield return new(part, $"{Named(after, use.Reference)} is new.");
                continue;
            }
            foreach (var field in earlier.Inputs.Keys.Union(use.Inputs.Keys).Order(StringComparer.Ordinal))
            {
                if (earlier.Inputs.GetValueOrDefault(field) != use.Inputs.GetValueOrDefault(field))
                    yield return new(
                        part,
                        $"its field {field} is {use.Inputs.GetValueOrDefault(field) ?? "taken by its own name"} in place of {earlier.Inputs.GetValueOrDefault(field) ?? "its own name"}."
                    );
            }
            if (HashOf(before, earlier.Reference) == HashOf(after, use.Reference))
                continue;
            yield return new(part, $"{Named(after, use.Reference)} in place of {Named(before, earlier.Reference)}.");
            foreach (var change in Ratings(alias, before.Models[earlier.Reference], after.Models[use.Reference]))
                yield return change;
        }
    }

    /// <summary>Levels whose relativity differs, the largest changes first; where both models have a rating table.</summary>
    static IEnumerable<ReleaseChange> Ratings(string alias, FittedModel before, FittedModel after)
    {
        if (before.Header.Relativities.Count == 0 || after.Header.Relativities.Count == 0)
            yield break;
        var part = $"rating table of {alias}";
        var old = before.Header.Relativities.GroupBy(Key).ToDictionary(group => group.Key, group => group.First());
        var now = after.Header.Relativities.GroupBy(Key).ToDictionary(group => group.Key, group => group.First());
        var moved = now
            .Keys.Where(old.ContainsKey)
            .Select(key => (Key: key, From: old[key], To: now[key]))
            .Where(pair => pair.From.Value != pair.To.Value)
            .OrderByDescending(pair => Math.Abs(pair.To.Coefficient - pair.From.Coefficient))
            .ThenBy(pair => pair.Key)
            .ToList();
        foreach (var (key, from, to) in moved.Take(Cells))
            yield return new(part, $"{key.Factor} = {key.Level}: {Text(from.Value)} becomes {Text(to.Value)}{Change(from, to)}.");
        if (moved.Count > Cells)
            yield return new(part, $"{moved.Count - Cells} further relativities move less.");
        var added = now
            .Keys.Where(key => !old.ContainsKey(key))
            .Select(key => $"{key.Factor} = {key.Level}")
            .Order(StringComparer.Ordinal)
            .ToList();
        var removed = old
            .Keys.Where(key => !now.ContainsKey(key))
            .Select(key => $"{key.Factor} = {key.Level}")
            .Order(StringComparer.Ordinal)
            .ToList();
        if (added.Count > 0)
            yield return new(part, $"new: {Some(added)}.");
        if (removed.Count > 0)
            yield return new(part, $"gone: {Some(removed)}.");
    }

    static (string Factor, string Level) Key(Relativity line) => (line.Factor, line.Level);

    static string Some(List<string> names) =>
        string.Join(", ", names.Take(Cells)) + (names.Count > Cells ? $" and {names.Count - Cells} more" : "");

    static string Change(Relativity from, Relativity to) =>
        from.Value > 0 && to.Value > 0
            ? string.Create(CultureInfo.InvariantCulture, $" ({100 * (to.Value / from.Value - 1):+0.0;−0.0;0.0} %)")
            : "";

    static string Text(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    static string Named(LoadedRelease release, string reference) =>
        $"{VersionOf(release, reference)} ({release.Models[reference].Spec.Learner.Name})";

    static VersionId VersionOf(LoadedRelease release, string reference) => Pinned(release, reference).Version;

    static Data.ContentHash HashOf(LoadedRelease release, string reference) => Pinned(release, reference).Hash;

    static PinnedModel Pinned(LoadedRelease release, string reference) =>
        release.Release.Models.First(model => model.Reference == reference);
}
