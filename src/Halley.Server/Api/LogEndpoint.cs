using System.Buffers;
using System.Text.Json;
using Halley.Registry;

namespace Halley.Server;

/// <summary><c>GET /v1/log/{decisionId}</c>: a decision with its steps, its shadows' answers and its outcomes.</summary>
static class LogEndpoint
{
    public static async Task HandleAsync(HttpContext context, string decisionId, LocalStore store)
    {
        if (
            !Guid.TryParse(decisionId, out var id) || await store.LogReader.FindAsync(id, context.RequestAborted) is not { } found
        )
        {
            await Problems.NotFoundAsync(context, $"decision '{decisionId[..Math.Min(decisionId.Length, 64)]}' in the log");
            return;
        }
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer, found);
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.BodyWriter.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }

    static void Write(Utf8JsonWriter writer, LoggedDecision found)
    {
        var record = found.Decision;
        writer.WriteStartObject();
        writer.WriteString("decision_id", record.Id);
        writer.WriteString("time", record.Time);
        writer.WriteString("environment", record.Environment);
        writer.WriteString("decision", record.Decision);
        writer.WriteString("release", record.Release.ToString());
        writer.WriteNumber("revision", record.Revision);
        writer.WriteString("arm", DecisionViews.ArmOf(record));
        writer.WriteNumber("probability", record.Probability);
        writer.WriteString("unit_id", record.UnitId);
        writer.WriteString("request_id", record.RequestKey);
        writer.WriteString("purpose", DecisionViews.PurposeOf(record));
        if (record.AsOf is { } date)
            writer.WriteString("as_of", date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        if (record.Transaction is { } transaction)
            writer.WriteString("transaction", TransactionNames.Of(transaction));
        if (record.Original is { } original)
            writer.WriteString("original_decision_id", original);
        if (record.Route is not null)
            writer.WriteString("route", record.Route);
        if (record.Trace is not null)
            writer.WriteString("traceparent", record.Trace);
        if (record.Variant is not null)
            writer.WriteString("variant", record.Variant);
        if (record.CheckProbability is { } probability)
        {
            writer.WriteStartObject("check");
            writer.WriteBoolean("drawn", record.Checked);
            writer.WriteNumber("probability", probability);
            writer.WriteEndObject();
        }
        writer.WriteNumber("latency_ms", record.LatencyMicroseconds / 1000);
        writer.WriteString("fallback", record.Fallback);
        writer.WriteBoolean("simulated", record.Simulated);
        Raw(writer, "inputs", record.Inputs, "{}");
        Raw(writer, "answer", record.Outputs, "{}");
        Raw(writer, "reasons", record.Reasons, "[]");
        Raw(writer, "steps", record.Steps, "{}");
        writer.WriteStartArray("shadows");
        foreach (var shadow in found.Shadows)
            Write(writer, shadow);
        writer.WriteEndArray();
        writer.WriteStartArray("outcomes");
        foreach (var outcome in found.Outcomes)
            Write(writer, outcome);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    static void Write(Utf8JsonWriter writer, ShadowRecord shadow)
    {
        writer.WriteStartObject();
        writer.WriteString("release", shadow.Release.ToString());
        writer.WriteNumber("latency_ms", shadow.LatencyMicroseconds / 1000);
        writer.WriteString("error", shadow.Error);
        Raw(writer, "answer", shadow.Outputs, "null");
        Raw(writer, "steps", shadow.Steps, "{}");
        writer.WriteEndObject();
    }

    static void Write(Utf8JsonWriter writer, OutcomeRecord record)
    {
        writer.WriteStartObject();
        writer.WriteString("outcome_id", record.Outcome.Id);
        writer.WriteString("kind", record.Outcome.Kind);
        writer.WriteNumber("value", record.Outcome.Value);
        writer.WriteString(
            "valuation_date",
            record.Outcome.ValuationDate.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
        );
        writer.WriteString("received", record.Received);
        writer.WriteEndObject();
    }

    static void Raw(Utf8JsonWriter writer, string name, ReadOnlyMemory<byte> json, string otherwise)
    {
        writer.WritePropertyName(name);
        if (json.IsEmpty)
            writer.WriteRawValue(otherwise);
        else
            writer.WriteRawValue(json.Span, skipInputValidation: true);
    }
}
