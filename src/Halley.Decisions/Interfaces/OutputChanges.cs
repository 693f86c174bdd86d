namespace Halley.Decisions;

/// <summary>What changes for those who read answers.</summary>
static class OutputChanges
{
    internal static IEnumerable<InterfaceChange> Between(DecisionDefinition before, DecisionDefinition after)
    {
        var (old, now) = (ByName(before), ByName(after));
        foreach (var name in old.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
        {
            var part = $"output '{name}'";
            var changes = (old.GetValueOrDefault(name), now.GetValueOrDefault(name)) switch
            {
                (null, { }) => [new(part, "was added", false)],
                ({ }, null) => [new(part, "was removed", true)],
                ({ } from, { } to) => Of(part, from, to),
                _ => Enumerable.Empty<InterfaceChange>(),
            };
            foreach (var change in changes)
                yield return change;
        }
        foreach (var action in after.Actions.Except(before.Actions).Order(StringComparer.Ordinal))
            yield return new($"action '{action}'", "was added; callers do not know it", true);
        foreach (var action in before.Actions.Except(after.Actions).Order(StringComparer.Ordinal))
            yield return new($"action '{action}'", "is no longer given", false);
    }

    static Dictionary<string, DecisionOutput> ByName(DecisionDefinition definition) =>
        definition.Outputs.ToDictionary(output => output.Name, StringComparer.Ordinal);

    static IEnumerable<InterfaceChange> Of(string part, DecisionOutput old, DecisionOutput now)
    {
        if (old.Kind != now.Kind)
        {
            yield return new(part, $"was a {Word(old.Kind)} and is a {Word(now.Kind)}", true);
            yield break;
        }
        if (old.Unit != now.Unit)
            yield return new(part, $"was in {old.Unit ?? "no unit"} and is in {now.Unit ?? "no unit"}", true);
        if (old.Money?.Currency != now.Money?.Currency)
            yield return new(part, $"was in {old.Money?.Currency} and is in {now.Money?.Currency}", true);
        if (old.Money?.Decimals != now.Money?.Decimals)
            yield return new(part, $"has {now.Money?.Decimals} decimals in place of {old.Money?.Decimals}", false);
        if (old.Money?.Rounding != now.Money?.Rounding)
            yield return new(part, $"is rounded {now.Money?.Rounding} in place of {old.Money?.Rounding}", false);
        if (old.Optional != now.Optional)
            yield return new(part, now.Optional ? "may now be missing" : "is never missing any more", now.Optional);
        if (old.Instalments is null != now.Instalments is null)
            yield return now.Instalments is null
                ? new(part, "has no instalments any more", true)
                : new(part, "has instalments too", false);
        var more = now.NotWith.Except(old.NotWith).Order(StringComparer.Ordinal).ToList();
        var fewer = old.NotWith.Except(now.NotWith).Order(StringComparer.Ordinal).ToList();
        if (more.Count > 0)
            yield return new(part, $"is left out with {string.Join(", ", more)} too", true);
        if (fewer.Count > 0)
            yield return new(part, $"is given with {string.Join(", ", fewer)} too", false);
    }

    static string Word(OutputKind kind) => kind.ToString().ToLowerInvariant();
}
