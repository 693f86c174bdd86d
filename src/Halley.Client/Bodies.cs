using System.Buffers;
using System.Text.Json;

namespace Halley.Client;

/// <summary>Requests and answers as JSON, written and read by hand: nothing here looks at types while it runs.</summary>
static class Bodies
{
    public static byte[] Write(DecisionRequest request)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            if (request.UnitId is { } unit)
                writer.WriteString("unit_id"u8, unit);
            if (request.Explain)
                writer.WriteBoolean("explain"u8, true);
            if (request.IsTest)
                writer.WriteString("purpose"u8, "test"u8);
            if (request.AsOf is { } day)
                writer.WriteString("as_of"u8, Day(day));
            if (request.Schema is { } schema)
                writer.WriteString("schema"u8, schema);
            writer.WritePropertyName("inputs"u8);
            request.Inputs.WriteTo(writer);
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    public static byte[] Write(IReadOnlyList<Outcome> outcomes)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("outcomes"u8);
            foreach (var outcome in outcomes)
            {
                writer.WriteStartObject();
                writer.WriteString("outcome_id"u8, outcome.Id);
                writer.WriteString("decision_id"u8, outcome.DecisionId);
                writer.WriteString("kind"u8, outcome.Kind);
                writer.WriteNumber("value"u8, outcome.Value);
                writer.WriteString("valuation_date"u8, Day(outcome.ValuationDate));
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    public static DecisionAnswer ReadAnswer(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        // Outlives the document, whose memory goes back to its pool.
        var answer = document.RootElement.Clone();
        return new()
        {
            DecisionId = answer.GetProperty("decision_id").GetGuid(),
            Decision = answer.GetProperty("decision").GetString()!,
            Release = answer.GetProperty("release").GetString(),
            Action = answer.GetProperty("action").GetString()!,
            Outputs = answer.GetProperty("outputs").EnumerateObject().ToDictionary(one => one.Name, one => one.Value),
            Reasons = [.. answer.GetProperty("reasons").EnumerateArray().Select(reason => reason.ToString())],
            Fallback = answer.GetProperty("fallback").GetBoolean(),
            Steps = answer.TryGetProperty("steps", out var steps)
                ?
                [
                    .. steps
                        .EnumerateArray()
                        .Select(step => KeyValuePair.Create(step.GetProperty("name").GetString()!, step.GetProperty("value"))),
                ]
                : [],
        };
    }

    public static OutcomesReceipt ReadReceipt(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        return new(
            document.RootElement.GetProperty("accepted").GetInt32(),
            document.RootElement.GetProperty("repeated").GetInt32()
        );
    }

    static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
