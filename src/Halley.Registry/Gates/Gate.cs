using System.Text.Json.Serialization;

namespace Halley.Registry;

/// <summary>A check that a release must pass before an environment takes it: data, judged against evidence.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "gate")]
[JsonDerivedType(typeof(DecisionTestsGate), "decision_tests")]
[JsonDerivedType(typeof(ArtefactGate), "artefacts")]
[JsonDerivedType(typeof(MetricGate), "metric")]
[JsonDerivedType(typeof(ActualExpectedGate), "actual_expected")]
[JsonDerivedType(typeof(DislocationGate), "dislocation")]
[JsonDerivedType(typeof(ShadowGate), "shadow_decisions")]
[JsonDerivedType(typeof(ApprovalGate), "approval")]
[JsonDerivedType(typeof(SchemaGate), "schema")]
[JsonDerivedType(typeof(AuthorityGate), "authority")]
[JsonDerivedType(typeof(MonotoneGate), "monotone")]
[JsonDerivedType(typeof(UnseenGate), "unseen")]
[JsonDerivedType(typeof(DriftGate), "drift")]
[JsonDerivedType(typeof(LatencyGate), "latency")]
[JsonDerivedType(typeof(RenewalPriceGate), "renewal_price")]
[JsonDerivedType(typeof(ProtectedGate), "protected")]
public abstract record Gate
{
    /// <summary>How messages and pages call the gate; unique in its set.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The places that the gate guards. Default: champion and challenger, since a shadow risks nothing; artefacts and decision tests guard
    /// every place, since a release that fails them is not worth comparing.
    /// </summary>
    public IReadOnlyList<ReleaseRole> Guards { get; init; } = [ReleaseRole.Champion, ReleaseRole.Challenger];

    /// <summary>Whether a failure stops the promotion or is only told. Default: it stops it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public GateSeverity Severity { get; init; }

    /// <summary>The role of people who may waive a failure, for example <c>chief actuary</c>; null where nobody may.</summary>
    public string? WaivableBy { get; init; }

    private protected static IReadOnlyList<ReleaseRole> EveryPlace { get; } = Enum.GetValues<ReleaseRole>();

    /// <summary>Problems of the gate's own settings, all at once; empty where it can be used.</summary>
    public abstract IEnumerable<string> Validate();

    /// <summary>Judges evidence; the same evidence gives the same result.</summary>
    /// <param name="evidence">Null where no provider could supply any: the gate fails and says how to get it.</param>
    public abstract GateResult Judge(GateEvidence? evidence);

    private protected GateResult Pass(string sentence, double? figure = null, double? limit = null) =>
        new()
        {
            Gate = Name,
            Passed = true,
            Severity = Severity,
            Figure = figure,
            Limit = limit,
            Sentence = sentence,
        };

    /// <param name="segment">Where the finding holds, such as <c>region = North</c>; null for the whole.</param>
    private protected GateResult Fail(
        string sentence,
        string remedy,
        double? figure = null,
        double? limit = null,
        string? segment = null
    ) =>
        new()
        {
            Gate = Name,
            Passed = false,
            Severity = Severity,
            Segment = segment,
            Figure = figure,
            Limit = limit,
            Sentence = sentence,
            Remedy = remedy,
        };
}
