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
public abstract record Gate
{
    /// <summary>How messages and pages call the gate; unique in its set.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The places that the gate guards. Default: champion and challenger, since a shadow risks nothing; artefacts and decision tests guard
    /// every place, since a release that fails them is not worth comparing.
    /// </summary>
    public IReadOnlyList<ReleaseRole> Guards { get; init; } = [ReleaseRole.Champion, ReleaseRole.Challenger];

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
            Figure = figure,
            Limit = limit,
            Sentence = sentence,
        };

    private protected GateResult Fail(string sentence, string remedy, double? figure = null, double? limit = null) =>
        new()
        {
            Gate = Name,
            Passed = false,
            Figure = figure,
            Limit = limit,
            Sentence = sentence,
            Remedy = remedy,
        };
}
