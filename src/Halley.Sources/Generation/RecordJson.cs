using System.Text.Json;

namespace Halley.Sources.Generation;

/// <summary>A record as the JSON object that a caller of a decision sends.</summary>
static class RecordJson
{
    public static void Write<T>(Utf8JsonWriter json, IReadOnlyList<RecordColumn<T>> columns, in T record)
    {
        json.WriteStartObject();
        foreach (var (field, slot) in columns)
        {
            var value = slot(in record);
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
