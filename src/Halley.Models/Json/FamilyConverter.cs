using System.Text.Json;
using System.Text.Json.Serialization;
using Halley.Statistics;

namespace Halley.Models;

/// <summary>A family by its name: <c>"poisson"</c>, <c>"tweedie(1.5)"</c>.</summary>
sealed class FamilyConverter : JsonConverter<Family>
{
    public override Family Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Family.TryParse(reader.GetString(), out var family)
            ? family
            : throw new JsonException($"a family is one of {Family.Names}.");

    public override void Write(Utf8JsonWriter writer, Family value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Name);
}
