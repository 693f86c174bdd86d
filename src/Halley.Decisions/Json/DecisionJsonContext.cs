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
[JsonSerializable(typeof(DecisionTestCase))]
[JsonSerializable(typeof(IReadOnlyList<DecisionTestCase>))]
sealed partial class DecisionJsonContext : JsonSerializerContext;
