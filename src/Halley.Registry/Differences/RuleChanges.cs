using System.Globalization;
using Halley.Decisions;

namespace Halley.Registry;

/// <summary>Other rules, triage, random checks, reasons and fallbacks.</summary>
static class RuleChanges
{
    internal static IEnumerable<ReleaseChange> Between(DecisionDefinition before, DecisionDefinition after) =>
        [
            .. Rules(before, after),
            .. Triage(before.Triage, after.Triage),
            .. Check(before.RandomCheck, after.RandomCheck),
            .. Reasons(before, after),
            .. Fallback(before.Fallback, after.Fallback),
        ];

    static IEnumerable<ReleaseChange> Rules(DecisionDefinition before, DecisionDefinition after)
    {
        var (old, now) = (
            before.Eligibility.ToDictionary(rule => rule.Name, StringComparer.Ordinal),
            after.Eligibility.ToDictionary(rule => rule.Name, StringComparer.Ordinal)
        );
        foreach (var name in old.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
        {
            var part = $"rule {name}";
            if (!now.TryGetValue(name, out var rule))
                yield return new(part, $"was removed; it was {old[name].Action} when {old[name].When}.");
            else if (!old.TryGetValue(name, out var earlier))
                yield return new(part, $"is new: {rule.Action} when {rule.When}.");
            else
                foreach (
                    var change in FormulaChanges.Of(
                        part,
                        [
                            ("", earlier.When, rule.When),
                            ("its action ", earlier.Action, rule.Action),
                            ("its sentence ", earlier.Reason, rule.Reason),
                        ]
                    )
                )
                    yield return change;
        }
    }

    static IEnumerable<ReleaseChange> Triage(Triage? before, Triage? after)
    {
        if (before is null || after is null)
            return before is null && after is null ? [] : [new("triage", after is null ? "was removed." : "is new.")];
        var days = FormulaChanges.Of(
            "triage",
            [("the records expected a day, ", Text(before.ExpectedPerDay), Text(after.ExpectedPerDay))]
        );
        var lanes = before
            .Lanes.Select(lane => lane.Name)
            .Union(after.Lanes.Select(lane => lane.Name))
            .SelectMany(name =>
            {
                var (old, now) = (
                    before.Lanes.FirstOrDefault(lane => lane.Name == name),
                    after.Lanes.FirstOrDefault(lane => lane.Name == name)
                );
                var part = $"lane {name}";
                return old is null || now is null
                    ? [new ReleaseChange(part, old is null ? "is new." : "was removed.")]
                    : FormulaChanges.Of(
                        part,
                        [
                            ("its saving ", old.Saving, now.Saving),
                            ("its cost ", old.Cost, now.Cost),
                            ("its action ", old.Action, now.Action),
                            ("its capacity a day ", Text(old.CapacityPerDay), Text(now.CapacityPerDay)),
                            ("the net saving from which it is open ", Text(old.Threshold), Text(now.Threshold)),
                            ("its usual net savings ", Quantiles(old), Quantiles(now)),
                        ]
                    );
            });
        return [.. days, .. lanes];
    }

    static IEnumerable<ReleaseChange> Check(RandomCheck? before, RandomCheck? after) =>
        FormulaChanges.Of(
            "random check",
            [
                ("its share ", Text(before?.Share), Text(after?.Share)),
                ("its action ", before?.Action, after?.Action),
                ("its salt ", before?.Salt, after?.Salt),
                ("whom it is drawn among, ", before?.Among, after?.Among),
            ]
        );

    static IEnumerable<ReleaseChange> Reasons(DecisionDefinition before, DecisionDefinition after)
    {
        var (old, now) = (before.Reasons.ToDictionary(one => one.Name), after.Reasons.ToDictionary(one => one.Name));
        foreach (var name in old.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
        {
            var (earlier, later) = (old.GetValueOrDefault(name), now.GetValueOrDefault(name));
            if (earlier is null || later is null)
                yield return new($"reason {name}", earlier is null ? "is new." : "was removed.");
            else if (earlier.Text != later.Text)
                yield return new($"reason {name}", $"says \"{later.Text}\" in place of \"{earlier.Text}\".");
            else if (
                (earlier with { OnlyWith = [] }) != (later with { OnlyWith = [] })
                || !earlier.OnlyWith.SequenceEqual(later.OnlyWith)
            )
                yield return new($"reason {name}", "is told in other cases.");
        }
    }

    static IEnumerable<ReleaseChange> Fallback(FallbackChain before, FallbackChain after)
    {
        var changes = new List<(string, string?, string?)>
        {
            ("the order ", string.Join(", ", before.Order), string.Join(", ", after.Order)),
            ("the table's action ", before.TableAction, after.TableAction),
            ("the referring action ", before.ReferAction, after.ReferAction),
        };
        foreach (var name in before.Outputs.Keys.Union(after.Outputs.Keys).Order(StringComparer.Ordinal))
            changes.Add(($"its {name} ", before.Outputs.GetValueOrDefault(name), after.Outputs.GetValueOrDefault(name)));
        return FormulaChanges.Of("fallback", changes);
    }

    static string Quantiles(TriageLane lane) =>
        string.Join(", ", lane.NetQuantiles.Select(point => $"{Text(point.Share)}: {Text(point.Value)}"));

    static string? Text(double? value) => value?.ToString("G6", CultureInfo.InvariantCulture);
}
