using Halley.Registry;
using static Halley.Specs.Shapes;

namespace Halley.Specs;

/// <summary>The whole of <c>gates.yaml</c>: what a release must pass before an environment takes it.</summary>
static partial class GateShapes
{
    static readonly Key Name = Optional("name", Text, "How messages call the gate. Default: its kind.");
    static readonly Key Guards = Optional(
        "guards",
        ListOf(
            Choice(("champion", ReleaseRole.Champion), ("challenger", ReleaseRole.Challenger), ("shadow", ReleaseRole.Shadow)),
            loneItem: true
        ),
        "Places that the gate guards. Default: champion and challenger; of artefacts and decision_tests every place."
    );

    static readonly Key Severity = Optional(
        "severity",
        Choice(("block", GateSeverity.Block), ("warn", GateSeverity.Warn)),
        "Whether a failure stops the promotion (block, default) or is only told (warn)."
    );
    static readonly Key WaivableBy = Optional(
        "waivable_by",
        Text,
        "Role of people who may waive a failure for a time, for example chief actuary. Default: nobody."
    );

    static readonly IReadOnlyList<(string Kind, Shape<Gate> Shape)> Kinds =
    [
        .. Portfolio,
        Kind("schema", [], (_, name) => new SchemaGate { Name = name }),
        Kind(
            "authority",
            [
                Optional(
                    "threshold",
                    NumberWithin(0),
                    "A premium counts as moved where it changes by more than this share. Default 0.1."
                ),
                Required(
                    "levels",
                    ListOf(AuthorityLevels),
                    "Approvals by size of the change; the most demanding level reached holds."
                ),
            ],
            (values, name) =>
                new AuthorityGate
                {
                    Name = name,
                    Threshold = values.Or("threshold", 0.1),
                    Levels = values.Get<IReadOnlyList<AuthorityLevel>>("levels"),
                }
        ),
        Kind(
            "decision_tests",
            [Optional("minimum_tests", Whole(1), "A release with fewer tests does not pass. Default 1.")],
            (values, name) => new DecisionTestsGate { Name = name, MinimumTests = values.Or("minimum_tests", 1) }
        ),
        Kind("artefacts", [], (_, name) => new ArtefactGate { Name = name }),
        Kind(
            "metric",
            [
                Required("metric", Text, "For example deviance or gini."),
                Optional("model", Text, "Model it is measured on; the decision as a whole where not given."),
                Optional(
                    "maximum_loss",
                    NumberWithin(0),
                    "How much worse than the champion is accepted, in the metric's unit. Default 0."
                ),
                Optional(
                    "whole_interval",
                    Flag,
                    "Whether the whole interval of the difference must keep the limit. Default false."
                ),
            ],
            (values, name) =>
                new MetricGate
                {
                    Name = name,
                    Metric = values.Get<string>("metric"),
                    Model = values.Text("model"),
                    MaximumLoss = values.Or("maximum_loss", 0.0),
                    WholeInterval = values.Or("whole_interval", false),
                }
        ),
        Kind(
            "actual_expected",
            [
                Optional("segments", Texts, "Fields whose levels are the segments; the whole portfolio where not given."),
                Optional("confidence", NumberWithin(0, 1), "Confidence of all intervals together. Default 0.95."),
                Optional("minimum_expected", NumberWithin(0), "Segments that expect less are not judged. Default 0."),
            ],
            (values, name) =>
                new ActualExpectedGate
                {
                    Name = name,
                    Segments = values.Or<IReadOnlyList<string>>("segments", []),
                    Confidence = values.Or("confidence", 0.95),
                    MinimumExpected = values.Or("minimum_expected", 0.0),
                }
        ),
        Kind(
            "dislocation",
            [
                Optional(
                    "threshold",
                    NumberWithin(0),
                    "A premium counts as moved where it changes by more than this share. Default 0.1."
                ),
                Optional("maximum_share", NumberWithin(0, 1), "Largest share of premiums that may move. Default 1."),
                Optional("maximum_rise", NumberWithin(0), "Largest rise of any premium, as a share."),
                Optional("maximum_total_change", NumberWithin(0), "Largest change of the total premium, as a share."),
                Optional("segments", Texts, "Fields whose levels must each keep maximum_share, too."),
                Optional("minimum_policies", Whole(0), "Segments with fewer policies are not judged. Default 0."),
            ],
            (values, name) =>
                new DislocationGate
                {
                    Name = name,
                    Threshold = values.Or("threshold", 0.1),
                    MaximumShare = values.Or("maximum_share", 1.0),
                    MaximumRise = values.Number("maximum_rise"),
                    MaximumTotalChange = values.Number("maximum_total_change"),
                    Segments = values.Or<IReadOnlyList<string>?>("segments", null),
                    MinimumPolicies = values.Or("minimum_policies", 0),
                }
        ),
        Kind(
            "shadow_decisions",
            [
                Required("minimum", Whole(1), "Shadow decisions that are needed."),
                Optional("environment", Text, "Where they are counted. Default: the environment of the promotion."),
                Optional("maximum_error_share", NumberWithin(0, 1), "Largest share of them that may have failed. Default 0."),
            ],
            (values, name) =>
                new ShadowGate
                {
                    Name = name,
                    Minimum = values.Get<int>("minimum"),
                    Environment = values.Text("environment"),
                    MaximumErrorShare = values.Or("maximum_error_share", 0.0),
                }
        ),
        Kind(
            "approval",
            [Optional("minimum", Whole(1), "Approvals needed, each by another person. Default 1.")],
            (values, name) => new ApprovalGate { Name = name, Minimum = values.Or("minimum", 1) }
        ),
    ];

    static readonly string Known = string.Join(", ", Kinds.Select(kind => kind.Kind));

    static readonly Shape<Gate> AnyGate = new EitherShape<Gate>(
        $"a gate; its key 'gate' is one of {Known}",
        [.. Kinds.Select(kind => ((Func<SpecNode, bool>)(node => IsKind(node, kind.Kind)), kind.Shape))]
    );

    /// <summary>Gates by environment.</summary>
    public static Shape<IReadOnlyList<GateSet>> Gates { get; } =
        MapOf(ListOf(AnyGate))
            .Then<IReadOnlyList<GateSet>>(
                (environments, node, problems) =>
                {
                    var sets = environments.Select(pair => new GateSet { Environment = pair.Key, Gates = pair.Value }).ToList();
                    foreach (var set in sets)
                    {
                        try
                        {
                            set.Validate();
                        }
                        catch (Data.HalleyException problem)
                        {
                            problems.Add(node, problem.Message);
                        }
                    }
                    return sets;
                }
            );

    static bool IsKind(SpecNode node, string kind) =>
        node is MapNode map && map.Find("gate") is ScalarNode { Text: var text } && text == kind;

    static (string, Shape<Gate>) Kind(string kind, Key[] keys, Func<KeyValues, string, Gate> build) =>
        (
            kind,
            new ObjectShape<Gate>(
                $"the gate {kind}",
                [Required("gate", Choice((kind, kind)), "Kind of the gate."), Name, Guards, Severity, WaivableBy, .. keys],
                values =>
                {
                    var gate = build(values, values.Text("name") ?? kind) with
                    {
                        Severity = values.Or("severity", GateSeverity.Block),
                        WaivableBy = values.Text("waivable_by"),
                    };
                    return values.Has("guards") ? gate with { Guards = values.Get<IReadOnlyList<ReleaseRole>>("guards") } : gate;
                }
            )
        );
}
