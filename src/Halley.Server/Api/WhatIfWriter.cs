using System.Buffers;
using System.Text.Json;
using Halley.Registry;

namespace Halley.Server;

/// <summary>A what-if beside the decision that it asks about, step by step.</summary>
static class WhatIfWriter
{
    public static async Task WriteAsync(HttpContext context, DecisionRecord record, DecisionRecord earlier)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("decision_id", record.Id);
            writer.WriteString("earlier_decision_id", earlier.Id);
            writer.WriteString("decision", record.Decision);
            writer.WriteString("release", record.Release.ToString());
            writer.WriteString("purpose", "what_if");
            WriteSide(writer, "before", earlier);
            WriteSide(writer, "after", record);
            WriteSteps(writer, earlier, record);
            writer.WriteEndObject();
        }
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = buffer.WrittenCount;
        await context.Response.BodyWriter.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }

    static void WriteSide(Utf8JsonWriter writer, string name, DecisionRecord record)
    {
        writer.WriteStartObject(name);
        DecideEndpoint.WriteOutputs(writer, record);
        writer.WritePropertyName("reasons");
        writer.WriteRawValue(record.Reasons.IsEmpty ? "[]"u8 : record.Reasons.Span, skipInputValidation: true);
        writer.WriteBoolean("fallback", record.Fallback is not null);
        writer.WriteEndObject();
    }

    /// <summary>Both are of one release, so that their steps have the same names; after a fallback some are missing.</summary>
    static void WriteSteps(Utf8JsonWriter writer, DecisionRecord earlier, DecisionRecord record)
    {
        var before = DecisionViews.Steps(earlier.Steps);
        var after = DecisionViews.Steps(record.Steps).ToDictionary(step => step.Name, step => step.Value, StringComparer.Ordinal);
        writer.WriteStartArray("steps");
        foreach (var step in before)
        {
            writer.WriteStartObject();
            writer.WriteString("name", step.Name);
            writer.WritePropertyName("before");
            step.Value.WriteTo(writer);
            writer.WritePropertyName("after");
            var has = after.TryGetValue(step.Name, out var value);
            if (has)
                value.WriteTo(writer);
            else
                writer.WriteNullValue();
            writer.WriteBoolean("differs", !has || !JsonElement.DeepEquals(step.Value, value));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
