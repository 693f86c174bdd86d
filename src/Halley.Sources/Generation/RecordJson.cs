using System.Text.Json;

namespace Halley.Sources.Generation;

/// <summary>A record as the JSON object that a caller of a decision sends.</summary>
static class RecordJson
{
    public static void Write<T>(Utf8JsonWriter json, RecordLayout<T> layout, in T record)
    {
        Span<double> slots = stackalloc double[layout.Fields.Count];
        layout.Read(in record, slots);
        json.WriteStartObject();
        for (var i = 0; i < slots.Length; i++)
        {
            var (field, value) = (layout.Fields[i], slots[i]);
            switch (field.Kind)
            {
                case FieldKind.Category:
                    json.WriteString(field.Name, field.Levels![(int)value]);
                    break;
                case FieldKind.Boolean:
                    json.WriteBoolean(field.Name, value == 1);
                    break;
                default:
                    json.WriteNumber(field.Name, value);
                    break;
            }
        }
        json.WriteEndObject();
    }
}
