using System.Globalization;

namespace Halley.Decisions;

/// <summary>What changes for those who send requests.</summary>
static class InputChanges
{
    internal static IEnumerable<InterfaceChange> Between(Schema before, Schema after)
    {
        foreach (var name in Names(before, after))
        {
            var part = $"input '{name}'";
            var changes = (before.Find(name), after.Find(name)) switch
            {
                (null, { } added) => [Added(part, added)],
                // A request with a field that is not declared is refused.
                ({ }, null) => [new(part, "was removed; requests that still send it are refused", true)],
                ({ } old, { } now) => Of(part, old, now),
                _ => Enumerable.Empty<InterfaceChange>(),
            };
            foreach (var change in changes)
                yield return change;
        }
    }

    static IEnumerable<string> Names(Schema before, Schema after) =>
        before.Fields.Concat(after.Fields).Select(field => field.Name).Distinct().Order(StringComparer.Ordinal);

    static InterfaceChange Added(string part, Field field) =>
        field.WhenMissing.Action == ValueAction.Reject
            ? new(part, "was added and must be sent", true)
            : new(part, "was added and may be left out", false);

    static IEnumerable<InterfaceChange> Of(string part, Field old, Field now)
    {
        if (old.Kind != now.Kind)
        {
            yield return new(part, $"was a {Word(old.Kind)} and is a {Word(now.Kind)}", true);
            yield break;
        }
        if (old.Unit != now.Unit)
            yield return new(part, $"was in {old.Unit ?? "no unit"} and is in {now.Unit ?? "no unit"}", true);
        if (old.Role == Role.Id != (now.Role == Role.Id))
            yield return new(part, now.Role == Role.Id ? "became the unit's id" : "is no longer the unit's id", true);
        if (Bound(part, "minimum", now.Kind, old.Minimum, now.Minimum) is { } minimum)
            yield return minimum;
        if (Bound(part, "maximum", now.Kind, old.Maximum, now.Maximum) is { } maximum)
            yield return maximum;
        if (old.Whole != now.Whole)
            yield return new(part, now.Whole ? "must now be whole" : "need no longer be whole", now.Whole);
        foreach (var change in Levels(part, old, now))
            yield return change;
        if (Rule(part, "missing", old.WhenMissing, now.WhenMissing) is { } missing)
            yield return missing;
        if (old.Kind == FieldKind.Category && Rule(part, "unlisted", old.WhenUnseen, now.WhenUnseen) is { } unseen)
            yield return unseen;
    }

    static InterfaceChange? Bound(string part, string what, FieldKind kind, double? old, double? now)
    {
        if (old == now)
            return null;
        // A larger minimum refuses more, and a smaller maximum does.
        var sign = what == "minimum" ? 1 : -1;
        var (from, to) = (old * sign ?? double.NegativeInfinity, now * sign ?? double.NegativeInfinity);
        var words =
            now is null ? $"has no {what} any more (it was {Text(kind, old!.Value)})"
            : old is null ? $"has the {what} {Text(kind, now.Value)}, where it had none"
            : $"has the {what} {Text(kind, now.Value)} in place of {Text(kind, old.Value)}";
        return new(part, words, to > from);
    }

    static IEnumerable<InterfaceChange> Levels(string part, Field old, Field now)
    {
        if (old.Levels is null || now.Levels is null)
            yield break;
        var removed = old.Levels.Levels.Except(now.Levels.Levels).Order(StringComparer.Ordinal).ToList();
        var added = now.Levels.Levels.Except(old.Levels.Levels).Order(StringComparer.Ordinal).ToList();
        if (removed.Count > 0)
            yield return new(part, $"no longer lists {Listed(removed)}", now.WhenUnseen.Action == ValueAction.Reject);
        if (added.Count > 0)
            yield return new(part, $"lists {Listed(added)} too", false);
    }

    static InterfaceChange? Rule(string part, string which, ValueRule old, ValueRule now)
    {
        if (old == now)
            return null;
        var what = which == "missing" ? "where it is missing" : "where its level is not listed";
        return now.Action == ValueAction.Reject
            ? new(part, $"is refused {what}; it was taken before", true)
            : new(part, $"is {Word(now)} {what}; before, it was {Word(old)}", false);
    }

    static string Word(ValueRule rule) =>
        rule.Action switch
        {
            ValueAction.Reject => "refused",
            ValueAction.Missing => "taken as missing",
            _ => $"taken as {rule.Value}",
        };

    static string Listed(IEnumerable<string> levels) => string.Join(", ", levels.Select(level => $"'{level}'"));

    static string Word(FieldKind kind) => kind.ToString().ToLowerInvariant();

    static string Text(FieldKind kind, double value) =>
        kind == FieldKind.Date
            ? DateOnly.FromDayNumber((int)value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : value.ToString("R", CultureInfo.InvariantCulture);
}
