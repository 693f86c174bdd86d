using System.Globalization;
using System.Text.Json;
using Halley.Data;
using Halley.Registry;

namespace Halley.Server;

/// <summary>Reads a list of outcomes; names everything wrong with it at once, each by its place, such as <c>outcomes[3].value</c>.</summary>
static class OutcomesReader
{
    const int Deepest = 16;
    static readonly string[] Members = ["outcome_id", "decision_id", "kind", "value", "valuation_date", "verdict"];

    /// <returns>The outcomes; null where there are problems.</returns>
    public static IReadOnlyList<Outcome>? Read(
        ReadOnlyMemory<byte> body,
        bool simulated,
        out IReadOnlyList<FieldProblem> problems
    )
    {
        var found = new List<FieldProblem>();
        problems = found;
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = Deepest });
            var outcomes = Read(document.RootElement, simulated, found);
            return found.Count == 0 ? outcomes : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            var why =
                error is JsonException ? $"not JSON of at most {Deepest} levels" : "a name or text in it is not valid UTF-8";
            found.Add(new("", null, why, "{\"outcomes\": […]}", FieldProblemKind.Unreadable));
            return null;
        }
    }

    static List<Outcome> Read(JsonElement body, bool simulated, List<FieldProblem> found)
    {
        var outcomes = new List<Outcome>();
        if (
            body.ValueKind != JsonValueKind.Object
            || !body.TryGetProperty("outcomes", out var list)
            || list.ValueKind != JsonValueKind.Array
        )
        {
            found.Add(new("outcomes", null, "is missing", "a list of outcomes", FieldProblemKind.Missing));
            return outcomes;
        }
        foreach (var member in body.EnumerateObject().Where(member => member.Name != "outcomes"))
            found.Add(new(member.Name, null, "is no field of the request", "outcomes", FieldProblemKind.Extra));
        var place = 0;
        foreach (var item in list.EnumerateArray())
        {
            if (ReadItem(item, $"outcomes[{place++}]", simulated, found) is { } outcome)
                outcomes.Add(outcome);
        }
        return outcomes;
    }

    static Outcome? ReadItem(JsonElement item, string place, bool simulated, List<FieldProblem> found)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            found.Add(new(place, null, "is not an object", string.Join(", ", Members), FieldProblemKind.WrongKind));
            return null;
        }
        var before = found.Count;
        // A mistyped member must not be lost in silence.
        foreach (var member in item.EnumerateObject().Where(member => !Members.Contains(member.Name)))
            found.Add(
                new(
                    $"{place}.{member.Name}",
                    null,
                    "is no field of an outcome",
                    string.Join(", ", Members),
                    FieldProblemKind.Extra
                )
            );
        JsonElement Member(string name, string expected, Func<JsonElement, bool> isRight)
        {
            if (!item.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
                found.Add(new($"{place}.{name}", null, "is missing", expected, FieldProblemKind.Missing));
            else if (!isRight(value))
                found.Add(new($"{place}.{name}", Cut(value), "can't be taken", expected, FieldProblemKind.WrongKind));
            return value;
        }
        var id = Member("outcome_id", "a text of the sender's own", IsText);
        var decision = Member("decision_id", "the id of a decision", value => IsText(value) && value.TryGetGuid(out _));
        var kind = Member("kind", "a text, for example converted", IsText);
        var number = Member("value", "a number", value => value.ValueKind == JsonValueKind.Number);
        var date = Member("valuation_date", "a date as 2026-03-31", value => IsText(value) && TryDate(value, out _));
        FraudVerdict? verdict = null;
        if (item.TryGetProperty("verdict", out var word) && word.ValueKind != JsonValueKind.Null)
        {
            verdict = word.ValueKind == JsonValueKind.String ? FraudVerdicts.Find(word.GetString()!) : null;
            if (verdict is null)
                found.Add(
                    new(
                        $"{place}.verdict",
                        Cut(word),
                        "can't be taken",
                        string.Join(", ", FraudVerdicts.Names),
                        FieldProblemKind.WrongKind
                    )
                );
        }
        if (found.Count > before)
            return null;
        TryDate(date, out var day);
        return new()
        {
            Id = id.GetString()!,
            DecisionId = decision.GetGuid(),
            Kind = kind.GetString()!,
            Value = number.GetDouble(),
            ValuationDate = day,
            Simulated = simulated,
            Verdict = verdict,
        };
    }

    static bool IsText(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString());

    static bool TryDate(JsonElement value, out DateOnly date) =>
        DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    static string Cut(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length > 64 ? text[..64] : text;
    }
}
