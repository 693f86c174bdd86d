using System.Text.Json.Serialization;

namespace Halley.Registry;

/// <summary>How records are written that exist only to be hashed.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(ReleaseContent.Content), TypeInfoPropertyName = "ReleaseContent")]
[JsonSerializable(typeof(PromotionSubject.Content), TypeInfoPropertyName = "PromotionContent")]
sealed partial class HashedJson : JsonSerializerContext;
