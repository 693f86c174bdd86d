using System.Text.Json;
using System.Text.Json.Nodes;
using Halley.Registry;

namespace Halley.Server;

/// <summary>Logged records as the API shows them.</summary>
static class DecisionViews
{
    public static DecisionView Of(DecisionRecord record)
    {
        var outputs = JsonObject.Create(Element(record.Outputs, "{}"))!;
        var action = outputs["action"]?.GetValue<string>();
        outputs.Remove("action");
        return new(
            record.Id,
            record.Time,
            record.Decision,
            record.Release.ToString(),
            ArmOf(record),
            action,
            outputs,
            Element(record.Reasons, "[]"),
            Steps(record.Steps),
            record.Fallback is not null
        );
    }

    public static string ArmOf(DecisionRecord record) => record.Arm == ReleaseRole.Challenger ? "challenger" : "champion";

    public static string PurposeOf(DecisionRecord record) =>
        record.Purpose switch
        {
            Purpose.Test => "test",
            Purpose.WhatIf => "what_if",
            _ => "live",
        };

    public static IReadOnlyList<StepView> Steps(ReadOnlyMemory<byte> steps) =>
        [.. Element(steps, "{}").EnumerateObject().Select(step => new StepView(step.Name, step.Value))];

    /// <summary>JSON of the log as an element; <paramref name="otherwise"/> where there is none, such as for an erased record.</summary>
    public static JsonElement Element(ReadOnlyMemory<byte> json, string otherwise)
    {
        using var document = json.IsEmpty ? JsonDocument.Parse(otherwise) : JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
