using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Halley.Data;

/// <summary>Reads a schema; what is wrong is a <see cref="JsonException"/> at the token where it is.</summary>
static class SchemaJsonReader
{
    const string Properties = "name, kind, role, unit, description, whole, minimum, maximum, levels, whenMissing, whenUnseen";

    public static Schema Read(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject, "a schema is an object {\"fields\": [ … ]}");
        List<Field>? fields = null;
        while (NextProperty(ref reader, out var name))
        {
            if (name != "fields")
                Fail($"'{name}' is not a property of a schema, which has only 'fields'. Remove it.");
            if (fields is not null)
                Fail("'fields' appears twice. Remove one of them.");
            fields = ReadFields(ref reader);
        }
        if (fields is null)
            Fail("a schema needs 'fields', a list of fields.");
        return new(fields);
    }

    /// <summary>The message without the place that the JSON reader appends to it.</summary>
    public static string PlainMessage(JsonException error)
    {
        var place = error.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return place < 0 ? error.Message : $"this is not JSON: {error.Message[..place]}";
    }

    static List<Field> ReadFields(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartArray, "'fields' is a list");
        var fields = new List<Field>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var field = ReadField(ref reader);
            if (!names.Add(field.Name))
                Fail($"two fields are named '{field.Name}'. Rename one of them.");
            if (FieldRules.ProblemOf(field) is { } problem)
                Fail($"field '{field.Name}': {problem}");
            fields.Add(field);
        }
        return fields;
    }

    static Field ReadField(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject, "a field is an object {\"name\": …, \"kind\": …}");
        var draft = new Draft();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (NextProperty(ref reader, out var property))
        {
            if (!seen.Add(property))
                Fail($"'{property}' appears twice in one field. Remove one of them.");
            ReadProperty(ref reader, property, draft);
        }
        return draft.Build();
    }

    static void ReadProperty(ref Utf8JsonReader reader, string property, Draft draft)
    {
        switch (property)
        {
            case "name":
                draft.Name = Text(ref reader, property);
                break;
            case "kind":
                draft.Kind = Member<FieldKind>(ref reader, property);
                break;
            case "role":
                draft.Role = Member<Role>(ref reader, property);
                break;
            case "unit":
                draft.Unit = Text(ref reader, property);
                break;
            case "description":
                draft.Description = Text(ref reader, property);
                break;
            case "whole":
                if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False))
                    Fail("'whole' is true or false.");
                draft.Whole = reader.GetBoolean();
                break;
            case "minimum":
                draft.Minimum = Bound(ref reader, property);
                break;
            case "maximum":
                draft.Maximum = Bound(ref reader, property);
                break;
            case "levels":
                draft.Levels = Levels(ref reader);
                break;
            case "whenMissing":
                draft.WhenMissing = Rule(ref reader, property);
                break;
            case "whenUnseen":
                draft.WhenUnseen = Rule(ref reader, property);
                break;
            default:
                Fail($"'{property}' is not a property of a field. There are: {Properties}.");
                break;
        }
    }

    static LevelList Levels(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartArray, "'levels' is a list of texts");
        var levels = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var level = Text(ref reader, "levels");
            if (!known.Add(level))
                Fail($"level '{level}' appears twice. Remove one of them.");
            levels.Add(level);
        }
        return new(levels);
    }

    static ValueRule Rule(ref Utf8JsonReader reader, string property)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            var text = TextAt(ref reader);
            return text == "reject" ? ValueRule.Reject
                : text == "missing" ? ValueRule.Missing
                : FailRule(property);
        }
        if (reader.TokenType != JsonTokenType.StartObject || !NextProperty(ref reader, out var name) || name != "replace")
            return FailRule(property);
        var value = Scalar(ref reader, property);
        reader.Read();
        return reader.TokenType == JsonTokenType.EndObject ? ValueRule.Replace(value) : FailRule(property);
    }

    static ValueRule FailRule(string property)
    {
        Fail($"'{property}' is \"reject\", \"missing\" or {{\"replace\": value}}.");
        return ValueRule.Reject;
    }

    static string Scalar(ref Utf8JsonReader reader, string property)
    {
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False)
            return reader.GetBoolean() ? "true" : "false";
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number))
            return number.ToString("R", CultureInfo.InvariantCulture);
        return Text(ref reader, property);
    }

    /// <summary>A number, or a date as its day number.</summary>
    static (double Value, bool IsDate) Bound(ref Utf8JsonReader reader, string property)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number) && double.IsFinite(number))
            return (number, false);
        if (reader.TokenType == JsonTokenType.String && IsoDate.TryParse(TextAt(ref reader), out var day))
            return (day, true);
        Fail($"'{property}' is a number, or for a date field a date such as \"2026-01-31\".");
        return default;
    }

    static T Member<T>(ref Utf8JsonReader reader, string property)
        where T : struct, Enum
    {
        var text = Text(ref reader, property);
        var member = JsonNames.Parse<T>(text);
        if (member is null)
            Fail($"'{text}' is not a {property}. There are: {JsonNames.All<T>()}.");
        return member.Value;
    }

    static string Text(ref Utf8JsonReader reader, string property)
    {
        Expect(ref reader, JsonTokenType.String, $"'{property}' takes text in quotes");
        return TextAt(ref reader);
    }

    static string TextAt(ref Utf8JsonReader reader)
    {
        if (JsonText.Get(ref reader) is { } text)
            return text;
        Fail("a name or text holds bytes that are no Unicode text. Write it again as UTF-8.");
        return "";
    }

    static bool NextProperty(ref Utf8JsonReader reader, out string name)
    {
        reader.Read();
        name = "";
        if (reader.TokenType != JsonTokenType.PropertyName)
            return false;
        name = TextAt(ref reader);
        reader.Read();
        return true;
    }

    static void Expect(ref Utf8JsonReader reader, JsonTokenType token, string rule)
    {
        if (reader.TokenType != token)
            Fail($"{rule}.");
    }

    [DoesNotReturn]
    static void Fail(string message) => throw new JsonException(message);

    /// <summary>A field while its properties come in any order.</summary>
    sealed class Draft
    {
        public string? Name { get; set; }

        public FieldKind? Kind { get; set; }

        public Role? Role { get; set; }

        public string? Unit { get; set; }

        public string? Description { get; set; }

        public bool Whole { get; set; }

        public (double Value, bool IsDate)? Minimum { get; set; }

        public (double Value, bool IsDate)? Maximum { get; set; }

        public LevelList? Levels { get; set; }

        public ValueRule WhenMissing { get; set; } = ValueRule.Reject;

        public ValueRule WhenUnseen { get; set; } = ValueRule.Reject;

        public Field Build()
        {
            if (string.IsNullOrEmpty(Name))
                Fail("a field needs a 'name'.");
            if (Kind is null)
                Fail($"field '{Name}' needs a 'kind'. There are: {JsonNames.All<FieldKind>()}.");
            var isDate = Kind == FieldKind.Date;
            if (Minimum is { } low && low.IsDate != isDate || Maximum is { } high && high.IsDate != isDate)
                Fail($"field '{Name}': bounds of a date are dates, and those of a number are numbers.");
            return new()
            {
                Name = Name,
                Kind = Kind.Value,
                Role = Role ?? (Kind == FieldKind.Exposure ? Data.Role.Exposure : Data.Role.Feature),
                Unit = Unit,
                Description = Description,
                Whole = Whole,
                Minimum = Minimum?.Value,
                Maximum = Maximum?.Value,
                Levels = Levels,
                WhenMissing = WhenMissing,
                WhenUnseen = WhenUnseen,
            };
        }
    }
}
