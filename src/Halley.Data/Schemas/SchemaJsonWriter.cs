using System.Globalization;
using System.Text.Json;

namespace Halley.Data;

static class SchemaJsonWriter
{
    public static void Write(Schema schema, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("fields"u8);
        foreach (var field in schema.Fields)
            Write(field, writer);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    static void Write(Field field, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, field.Name);
        writer.WriteString("kind"u8, JsonNames.Of(field.Kind));
        writer.WriteString("role"u8, JsonNames.Of(field.Role));
        if (field.Unit is not null)
            writer.WriteString("unit"u8, field.Unit);
        if (field.Description is not null)
            writer.WriteString("description"u8, field.Description);
        if (field.Whole)
            writer.WriteBoolean("whole"u8, true);
        WriteBound("minimum", field, field.Minimum, writer);
        WriteBound("maximum", field, field.Maximum, writer);
        if (field.Levels is not null)
            WriteLevels(field.Levels, writer);
        WriteRule("whenMissing", field, field.WhenMissing, writer);
        WriteRule("whenUnseen", field, field.WhenUnseen, writer);
        writer.WriteEndObject();
    }

    static void WriteBound(string name, Field field, double? bound, Utf8JsonWriter writer)
    {
        if (bound is null)
            return;
        if (field.Kind == FieldKind.Date)
            writer.WriteString(name, FieldWording.Bound(field, bound.Value));
        else
            writer.WriteNumber(name, bound.Value);
    }

    static void WriteLevels(LevelList levels, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("levels"u8);
        foreach (var level in levels.Levels)
            writer.WriteStringValue(level);
        writer.WriteEndArray();
    }

    static void WriteRule(string name, Field field, ValueRule rule, Utf8JsonWriter writer)
    {
        if (rule.Action == ValueAction.Reject)
            return;
        if (rule.Action == ValueAction.Missing)
        {
            writer.WriteString(name, "missing"u8);
            return;
        }
        writer.WriteStartObject(name);
        if (
            field.Kind is FieldKind.Number or FieldKind.Exposure
            && double.TryParse(rule.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
        )
            writer.WriteNumber("replace"u8, number);
        else if (field.Kind == FieldKind.Boolean && rule.Value is "true" or "false")
            writer.WriteBoolean("replace"u8, rule.Value == "true");
        else
            writer.WriteString("replace"u8, rule.Value);
        writer.WriteEndObject();
    }
}
