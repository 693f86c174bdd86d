using System.Text.Json.Serialization;

namespace Halley.Registry;

/// <summary>How the registry's records are written. The order of members is the order of the source: hashes rest on it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(ModelVersion))]
[JsonSerializable(typeof(AliasChange))]
[JsonSerializable(typeof(Release))]
[JsonSerializable(typeof(ReleaseContent.Content), TypeInfoPropertyName = "ReleaseContent")]
[JsonSerializable(typeof(EnvironmentChange))]
[JsonSerializable(typeof(GateSet))]
[JsonSerializable(typeof(GateSetChange))]
[JsonSerializable(typeof(GateReport))]
[JsonSerializable(typeof(PromotionRequest))]
[JsonSerializable(typeof(PromotionSubject.Content), TypeInfoPropertyName = "PromotionContent")]
[JsonSerializable(typeof(Approval))]
[JsonSerializable(typeof(DecisionRecord))]
[JsonSerializable(typeof(ShadowRecord))]
[JsonSerializable(typeof(OutcomeRecord))]
[JsonSerializable(typeof(LogHead))]
[JsonSerializable(typeof(ValueDefinition))]
sealed partial class RegistryJson : JsonSerializerContext;
