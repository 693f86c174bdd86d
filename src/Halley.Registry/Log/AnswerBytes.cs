using System.Buffers;
using System.Text.Json;
using Halley.Decisions;

namespace Halley.Registry;

/// <summary>An answer as the log keeps it: the parts of its JSON, byte for byte.</summary>
/// <param name="Outputs">Object: <c>action</c>, then the outputs.</param>
/// <param name="Steps">Object: every named step.</param>
/// <param name="Reasons">Array of sentences.</param>
public sealed record AnswerBytes(ReadOnlyMemory<byte> Outputs, ReadOnlyMemory<byte> Steps, ReadOnlyMemory<byte> Reasons)
{
    /// <summary>The parts of an explained answer; explained and plain answers run the same code.</summary>
    public static AnswerBytes Of(DecisionAnswer answer)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
            answer.Write(writer, AnswerDetail.Explained);
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        var root = document.RootElement;
        return new(Flat(answer.Action, root), Raw(root, "steps", "{}"), Raw(root, "reasons", "[]"));
    }

    static byte[] Flat(string action, JsonElement root)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("action", action);
            if (root.TryGetProperty("outputs", out var outputs))
            {
                foreach (var output in outputs.EnumerateObject())
                    output.WriteTo(writer);
            }
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    static byte[] Raw(JsonElement root, string name, string otherwise) =>
        System.Text.Encoding.UTF8.GetBytes(root.TryGetProperty(name, out var part) ? part.GetRawText() : otherwise);
}
