using Halley.Decisions;

namespace Halley.Registry;

/// <summary>Steps and outputs with other formulas.</summary>
static class FormulaChanges
{
    internal static IEnumerable<ReleaseChange> Between(DecisionDefinition before, DecisionDefinition after)
    {
        var (old, now) = (
            before.Steps.ToDictionary(step => step.Name, StringComparer.Ordinal),
            after.Steps.ToDictionary(step => step.Name, StringComparer.Ordinal)
        );
        foreach (var name in old.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
        {
            var part = $"step {name}";
            if (!now.TryGetValue(name, out var step))
                yield return new(part, $"was removed; it was {old[name].Expression}.");
            else if (!old.TryGetValue(name, out var earlier))
                yield return new(part, $"is new: {step.Expression}{Bounds(step)}.");
            else
                foreach (
                    var change in Of(
                        part,
                        [
                            ("", earlier.Expression, step.Expression),
                            ("its floor ", earlier.Floor, step.Floor),
                            ("its cap ", earlier.Cap, step.Cap),
                        ]
                    )
                )
                    yield return change;
        }
        foreach (var output in after.Outputs)
        {
            if (before.Outputs.FirstOrDefault(one => one.Name == output.Name) is not { } earlier)
                continue;
            foreach (
                var change in Of(
                    $"output {output.Name}",
                    [("", earlier.Value, output.Value), ("its instalments ", earlier.Instalments, output.Instalments)]
                )
            )
                yield return change;
        }
    }

    internal static IEnumerable<ReleaseChange> Of(string part, IEnumerable<(string What, string? From, string? To)> formulas)
    {
        foreach (var (what, from, to) in formulas)
        {
            if (from != to)
                yield return new(part, $"{what}{from ?? "none"} becomes {to ?? "none"}.");
        }
    }

    static string Bounds(DecisionStep step) =>
        (step.Floor is null ? "" : $", at least {step.Floor}") + (step.Cap is null ? "" : $", at most {step.Cap}");
}
