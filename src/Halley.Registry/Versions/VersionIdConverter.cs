using System.Text.Json;
using System.Text.Json.Serialization;

namespace Halley.Registry;

/// <summary>A version as a JSON string.</summary>
sealed class VersionIdConverter : JsonConverter<VersionId>
{
    public override VersionId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        VersionId.Parse(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, VersionId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
