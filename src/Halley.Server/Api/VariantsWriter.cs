using System.Buffers;
using System.Text.Json;

namespace Halley.Server;

/// <summary>The answers to the variants of a request.</summary>
static class VariantsWriter
{
    public static async Task WriteAsync(HttpContext context, IReadOnlyList<VariantAnswer> answers, bool explain)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber("decided", answers.Count(answer => answer.Record is not null));
            writer.WriteNumber("refused", answers.Count(answer => answer.Record is null));
            writer.WriteStartArray("variants");
            foreach (var answer in answers)
                Write(writer, answer, explain);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = buffer.WrittenCount;
        await context.Response.BodyWriter.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }

    static void Write(Utf8JsonWriter writer, VariantAnswer answer, bool explain)
    {
        writer.WriteStartObject();
        writer.WriteString("variant", answer.Name);
        if (answer.Record is { } record)
        {
            DecideEndpoint.WriteMembers(writer, record, explain);
        }
        else
        {
            writer.WriteStartArray("errors");
            foreach (var problem in answer.Problems)
            {
                writer.WriteStartObject();
                writer.WriteString("field", problem.Field);
                writer.WriteString("value", problem.Value);
                writer.WriteString("problem", problem.Problem);
                writer.WriteString("expected", problem.Expected);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }
}
