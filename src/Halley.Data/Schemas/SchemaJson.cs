using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Halley.Data;

/// <summary>A <see cref="Schema"/> as JSON: <c>{"fields": [{"name": "DrivAge", "kind": "number", "role": "feature", …}]}</c>.</summary>
/// <remarks>
/// Kind is required; role is <c>feature</c> (or <c>exposure</c> for that kind), rules are <c>reject</c> and the rest is absent by
/// default. A rule is <c>"reject"</c>, <c>"missing"</c> or <c>{"replace": value}</c>; bounds of a date are dates.
/// </remarks>
public static class SchemaJson
{
    static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n" };

    /// <summary>Indented text that ends in a line feed, to be kept in a file and edited.</summary>
    public static string ToText(Schema schema) => Encoding.UTF8.GetString(ToBytes(schema, Indented)) + "\n";

    /// <summary>Writes one JSON object.</summary>
    public static void Write(Schema schema, Utf8JsonWriter writer) => SchemaJsonWriter.Write(schema, writer);

    /// <summary>Reads a schema.</summary>
    /// <param name="place">What to call the text in errors, for example the file's path.</param>
    /// <exception cref="HalleyException">HLY1402: the text is not a schema; the message names line and remedy.</exception>
    public static Schema Read(ReadOnlySpan<byte> utf8, string place)
    {
        var reader = new Utf8JsonReader(utf8, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        try
        {
            reader.Read();
            var schema = SchemaJsonReader.Read(ref reader);
            // What follows the object must be nothing: the reader throws where it is not.
            reader.Read();
            return schema;
        }
        catch (JsonException error)
        {
            var line = error.LineNumber ?? utf8[..(int)reader.TokenStartIndex].Count((byte)'\n');
            throw new HalleyException(
                "HLY1402",
                $"{place}, line {line + 1}: {SchemaJsonReader.PlainMessage(error)}",
                inner: error
            );
        }
    }

    /// <inheritdoc cref="Read(ReadOnlySpan{byte}, string)"/>
    public static Schema Read(string text, string place) => Read(Encoding.UTF8.GetBytes(text), place);

    /// <summary>Reads a schema that is part of a larger document.</summary>
    /// <inheritdoc cref="Read(ReadOnlySpan{byte}, string)"/>
    public static Schema Read(JsonElement element, string place) => Read(JsonMarshal.GetRawUtf8Value(element), place);

    /// <summary>The one compact form, which the fingerprint is taken of.</summary>
    internal static byte[] ToCanonicalBytes(Schema schema) => ToBytes(schema, default);

    static byte[] ToBytes(Schema schema, JsonWriterOptions options)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, options))
            Write(schema, writer);
        return bytes.WrittenSpan.ToArray();
    }
}
