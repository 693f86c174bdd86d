using System.Text.Json.Nodes;
using Halley.Decisions;

namespace Halley.Server;

/// <summary>A decision's outputs as JSON Schema.</summary>
static class OutputSchema
{
    public static JsonObject Of(DecisionDefinition definition)
    {
        var properties = new JsonObject();
        foreach (var output in definition.Outputs)
        {
            properties[output.Name] = Of(output);
            if (output.Instalments is not null)
            {
                properties[DecisionPlan.InstalmentsName(output.Name)] = new JsonObject
                {
                    ["type"] = "array",
                    ["items"] = new JsonObject { ["type"] = "number" },
                    ["description"] = $"Payments that add up to {output.Name}.",
                };
            }
        }
        return new() { ["type"] = "object", ["properties"] = properties };
    }

    static JsonObject Of(DecisionOutput output)
    {
        var schema = new JsonObject
        {
            ["type"] = output.Kind switch
            {
                OutputKind.Boolean => "boolean",
                OutputKind.Number or OutputKind.Money => "number",
                _ => "string",
            },
        };
        var unit = output.Money is { } money
            ? $"{money.Currency}, {money.Decimals} decimals, rounded {money.Rounding}."
            : output.Unit;
        if (string.Join(' ', new[] { output.Description, unit }.OfType<string>()) is { Length: > 0 } words)
            schema["description"] = words;
        return schema;
    }
}
