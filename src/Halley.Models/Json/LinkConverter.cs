using System.Text.Json;
using System.Text.Json.Serialization;
using Halley.Statistics;

namespace Halley.Models;

/// <summary>A link by its name: <c>"log"</c>, <c>"power(0.5)"</c>.</summary>
sealed class LinkConverter : JsonConverter<Link>
{
    public override Link Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Link.TryParse(reader.GetString(), out var link)
            ? link
            : throw new JsonException($"a link is one of {Link.Names}.");

    public override void Write(Utf8JsonWriter writer, Link value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Name);
}
