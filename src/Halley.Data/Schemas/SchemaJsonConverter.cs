using System.Text.Json;
using System.Text.Json.Serialization;

namespace Halley.Data;

/// <summary>Lets a schema be a member of what source-generated JSON reads and writes.</summary>
public sealed class SchemaJsonConverter : JsonConverter<Schema>
{
    public override Schema Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        SchemaJsonReader.Read(ref reader);

    public override void Write(Utf8JsonWriter writer, Schema value, JsonSerializerOptions options) =>
        SchemaJsonWriter.Write(value, writer);
}
