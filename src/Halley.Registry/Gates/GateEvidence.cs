using System.Text.Json.Serialization;

namespace Halley.Registry;

/// <summary>What a gate is judged by: figures with their source. Kept with the promotion and covered by its hash.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "evidence")]
[JsonDerivedType(typeof(DecisionTestsEvidence), "decision_tests")]
[JsonDerivedType(typeof(ArtefactEvidence), "artefacts")]
[JsonDerivedType(typeof(MetricEvidence), "metric")]
[JsonDerivedType(typeof(ActualExpectedEvidence), "actual_expected")]
[JsonDerivedType(typeof(DislocationEvidence), "dislocation")]
[JsonDerivedType(typeof(ShadowEvidence), "shadow_decisions")]
[JsonDerivedType(typeof(SchemaEvidence), "schema")]
[JsonDerivedType(typeof(MonotoneEvidence), "monotone")]
[JsonDerivedType(typeof(UnseenEvidence), "unseen")]
[JsonDerivedType(typeof(DriftEvidence), "drift")]
[JsonDerivedType(typeof(LatencyEvidence), "latency")]
[JsonDerivedType(typeof(RenewalPriceEvidence), "renewal_price")]
[JsonDerivedType(typeof(ProtectedEvidence), "protected")]
public abstract record GateEvidence
{
    /// <summary>Name of the gate that it is for.</summary>
    public required string Gate { get; init; }

    /// <summary>What was looked at, in words: file and its fingerprint, window of the log.</summary>
    public string Source { get; init; } = "";

    /// <summary>Whether it rests on generated data.</summary>
    public bool Simulated { get; init; }
}
