using System.Globalization;
using System.Text.Json.Nodes;
using Halley.Data;

namespace Halley.Server;

/// <summary>A decision's inputs as JSON Schema: what a caller's tool can check before sending.</summary>
static class InputSchema
{
    public static JsonObject Of(Schema schema)
    {
        var properties = new JsonObject();
        foreach (var field in schema.Fields)
            properties[field.Name] = Of(field);
        var required = schema
            .Fields.Where(field => field.WhenMissing.Action == ValueAction.Reject)
            .Select(field => (JsonNode)field.Name);
        return new()
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = properties,
            ["required"] = new JsonArray([.. required]),
        };
    }

    static JsonObject Of(Field field)
    {
        var schema = new JsonObject();
        switch (field.Kind)
        {
            case FieldKind.Number or FieldKind.Exposure:
                schema["type"] = field.Whole ? "integer" : "number";
                if ((field.Kind == FieldKind.Exposure ? Math.Max(0, field.Minimum ?? 0) : field.Minimum) is { } minimum)
                    schema["minimum"] = minimum;
                if (field.Maximum is { } maximum)
                    schema["maximum"] = maximum;
                break;
            case FieldKind.Category:
                // An unseen level that a rule handles is no fault of the caller.
                schema["type"] = "string";
                if (field.WhenUnseen.Action == ValueAction.Reject)
                    schema["enum"] = new JsonArray([.. field.Levels!.Levels.Select(level => (JsonNode)level)]);
                break;
            case FieldKind.Boolean:
                schema["type"] = "boolean";
                break;
            case FieldKind.Date:
                schema["type"] = "string";
                schema["format"] = "date";
                break;
            default:
                schema["type"] = "string";
                break;
        }
        if (Words(field) is { Length: > 0 } words)
            schema["description"] = words;
        return schema;
    }

    static string Words(Field field)
    {
        var missing = field.WhenMissing.Action switch
        {
            ValueAction.Reject => null,
            ValueAction.Replace => string.Create(CultureInfo.InvariantCulture, $"Where missing: {field.WhenMissing.Value}."),
            _ => "May be missing.",
        };
        return string.Join(
            ' ',
            new[] { field.Description, field.Unit is null ? null : $"Unit: {field.Unit}.", missing }.OfType<string>()
        );
    }
}
