using System.Text.Json.Serialization;

namespace Halley.Bench.Server;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(EmptyRequest))]
[JsonSerializable(typeof(string))]
sealed partial class EmptyJson : JsonSerializerContext;
