using System.Text.Json;
using System.Text.RegularExpressions;
using Halley.Decisions;

namespace Halley.Registry;

/// <summary>Names of the reasons whose sentences a record holds: the log has the sentence, with the claim's own numbers in it.</summary>
sealed partial class ReasonNames
{
    // A sentence of a few hundred letters against a pattern without nesting needs microseconds.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    readonly List<(string Name, Regex Sentence)> patterns = [];

    internal ReasonNames(DecisionDefinition definition)
    {
        foreach (var reason in definition.Reasons)
            Add(reason.Name, reason.Text);
        foreach (var rule in definition.Eligibility)
            Add(rule.Name, rule.Reason);
        foreach (var lane in definition.Triage?.Lanes ?? [])
            Add(lane.Name, lane.Reason);
        Add("random check", definition.RandomCheck?.Reason);
    }

    internal IReadOnlySet<string> Of(ReadOnlyMemory<byte> reasons)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (reasons.IsEmpty)
            return names;
        using var document = JsonDocument.Parse(reasons);
        foreach (var sentence in document.RootElement.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String))
        {
            var text = sentence.GetString()!;
            names.UnionWith(patterns.Where(one => one.Sentence.IsMatch(text)).Select(one => one.Name));
        }
        return names;
    }

    void Add(string name, string? template)
    {
        if (template is not null)
            patterns.Add((name, new($"^{Hole().Replace(Regex.Escape(template), ".+?")}$", RegexOptions.None, Patience)));
    }

    // A place to fill in, as Regex.Escape leaves it.
    [GeneratedRegex(@"\\\{[^}]*\}")]
    private static partial Regex Hole();
}
