using System.Text.Json.Serialization;

namespace Halley.Registry;

/// <summary>How the registry's records are written, in its store and by commands and pages.</summary>
/// <remarks>The order of members is the order of the source, and hashes rest on it: a member is added at the end.</remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(ModelVersion))]
[JsonSerializable(typeof(AliasChange))]
[JsonSerializable(typeof(Release))]
[JsonSerializable(typeof(EnvironmentChange))]
[JsonSerializable(typeof(GateSet))]
[JsonSerializable(typeof(GateSetChange))]
[JsonSerializable(typeof(GateReport))]
[JsonSerializable(typeof(PromotionRequest))]
[JsonSerializable(typeof(Approval))]
[JsonSerializable(typeof(GateWaiver))]
[JsonSerializable(typeof(ApiKey))]
[JsonSerializable(typeof(KeyRevocation))]
[JsonSerializable(typeof(Experiment))]
[JsonSerializable(typeof(Canary))]
[JsonSerializable(typeof(CanaryFault))]
[JsonSerializable(typeof(IReadOnlyList<CanaryState>))]
[JsonSerializable(typeof(ExperimentEnd))]
[JsonSerializable(typeof(IReadOnlyList<ExperimentState>))]
[JsonSerializable(typeof(DecisionRecord))]
[JsonSerializable(typeof(ShadowRecord))]
[JsonSerializable(typeof(OutcomeRecord))]
[JsonSerializable(typeof(Erasure))]
[JsonSerializable(typeof(LogHead))]
[JsonSerializable(typeof(LogCheck))]
[JsonSerializable(typeof(ReleaseCheck))]
[JsonSerializable(typeof(OutcomeReceipt))]
[JsonSerializable(typeof(ValueDefinition))]
[JsonSerializable(typeof(ValueReport))]
[JsonSerializable(typeof(MonitorPlan))]
[JsonSerializable(typeof(IReadOnlyList<MonitorReport>))]
[JsonSerializable(typeof(MonitorAlert))]
[JsonSerializable(typeof(MonitorDelivery))]
[JsonSerializable(typeof(ModelCard))]
[JsonSerializable(typeof(FraudReport))]
[JsonSerializable(typeof(IReadOnlyList<ModelVersion>))]
[JsonSerializable(typeof(IReadOnlyList<Release>))]
[JsonSerializable(typeof(IReadOnlyList<EnvironmentChange>))]
[JsonSerializable(typeof(IReadOnlyList<LiveDecision>))]
[JsonSerializable(typeof(IReadOnlyList<PromotionRequest>))]
[JsonSerializable(typeof(IReadOnlyList<Outcome>))]
public sealed partial class RegistryJson : JsonSerializerContext;
