using System.Globalization;
using System.Text;

namespace Halley.Decisions;

/// <summary>A decision as its callers see it: inputs with their rules, outputs, actions. What happens in between is not part of it.</summary>
public static class DecisionInterface
{
    const int VersionDigits = 12;

    /// <summary>Names the interface: equal for definitions that callers cannot tell apart, whatever their order of fields.</summary>
    public static string Version(DecisionDefinition definition)
    {
        var text = new StringBuilder("halley-interface-1\n");
        foreach (var field in definition.Inputs.Fields.OrderBy(field => field.Name, StringComparer.Ordinal))
            text.Append(Line(field)).Append('\n');
        foreach (var output in definition.Outputs.OrderBy(output => output.Name, StringComparer.Ordinal))
            text.Append(Line(output)).Append('\n');
        foreach (var action in definition.Actions.Order(StringComparer.Ordinal))
            text.Append(Quoted(action)).Append('\n');
        return ContentHash.Of(Encoding.UTF8.GetBytes(text.ToString())).Hex[..VersionDigits];
    }

    /// <summary>Every difference that a caller can notice, inputs first, each by name; empty where there is none.</summary>
    public static IReadOnlyList<InterfaceChange> Changes(DecisionDefinition before, DecisionDefinition after) =>
        [.. InputChanges.Between(before.Inputs, after.Inputs), .. OutputChanges.Between(before, after)];

    static string Line(Field field) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"input {Quoted(field.Name)} {field.Kind} {(field.Role == Role.Id ? "id" : "")} {Quoted(field.Unit)} {field.Minimum:R} {field.Maximum:R} {field.Whole} {Line(field.WhenMissing)} {Line(field.WhenUnseen)} {string.Join(',', (field.Levels?.Levels ?? []).Order(StringComparer.Ordinal).Select(Quoted))}"
        );

    static string Line(ValueRule rule) => $"{rule.Action} {Quoted(rule.Value)}";

    static string Line(DecisionOutput output) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"output {Quoted(output.Name)} {output.Kind} {Quoted(output.Unit)} {output.Optional} {output.Money?.Currency} {output.Money?.Decimals} {output.Money?.Rounding} {output.Instalments is not null} {string.Join(',', output.NotWith.Order(StringComparer.Ordinal).Select(Quoted))}"
        );

    // Lengths stand before texts, so that no two interfaces give the same line.
    static string Quoted(string? text) =>
        text is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{text.Length}:{text}");
}
