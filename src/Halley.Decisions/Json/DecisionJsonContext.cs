using System.Text.Json.Serialization;

namespace Halley.Decisions;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    MaxDepth = 32,
    Converters = [typeof(SchemaJsonConverter)]
)]
[JsonSerializable(typeof(DecisionDefinition))]
sealed partial class DecisionJsonContext : JsonSerializerContext;
