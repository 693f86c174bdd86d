using Halley.Decisions;
using static Halley.Specs.Shapes;

namespace Halley.Specs;

/// <summary>Choice of an action by money and capacity, random checks, and what happens when a part fails.</summary>
static class TriageShapes
{
    static readonly Shape<TriageLane> Lane = new ObjectShape<TriageLane>(
        "a lane",
        [
            Required("name", Text, "Name of the lane; gives the values name.saving, name.cost and name.net."),
            Required("action", Text, "One of the decision's actions."),
            Required("saving", Text, "Formula of the money that handling saves on average."),
            Required("cost", Text, "Formula of what handling costs."),
            Optional("capacity_per_day", NumberWithin(0), "Records a day that can be handled; no limit where not given."),
            Optional(
                "net_quantiles",
                ReasonShapes.Quantiles,
                "Quantiles of the net saving over usual records; needed with a capacity."
            ),
            Optional(
                "threshold",
                NumberWithin(0),
                "Net saving from which the lane is open, as halley capacity finds it; takes the place of capacity_per_day and net_quantiles."
            ),
            Optional("reason", Text, "Sentence for the caller."),
        ],
        values =>
            new()
            {
                Name = values.Get<string>("name"),
                Action = values.Get<string>("action"),
                Saving = values.Get<string>("saving"),
                Cost = values.Get<string>("cost"),
                CapacityPerDay = values.Number("capacity_per_day"),
                NetQuantiles = values.Or<IReadOnlyList<QuantilePoint>>("net_quantiles", []),
                Threshold = values.Number("threshold"),
                Reason = values.Text("reason"),
            }
    );

    public static Shape<Triage> Triage { get; } =
        new ObjectShape<Triage>(
            "a triage",
            [
                Required("expected_per_day", NumberWithin(0), "Records expected in a day."),
                Required("lanes", ListOf(Lane), "Ways to handle a record; the one with the largest net saving is taken."),
            ],
            values =>
                new()
                {
                    ExpectedPerDay = values.Get<double>("expected_per_day"),
                    Lanes = values.Get<IReadOnlyList<TriageLane>>("lanes"),
                }
        );

    public static Shape<RandomCheck> RandomCheck { get; } =
        new ObjectShape<RandomCheck>(
            "a random check",
            [
                Required("share", NumberWithin(0, 1), "Probability of a draw; it is logged with each decision."),
                Required("action", Text, "Action of a drawn record."),
                Required("salt", Text, "Another salt draws other records."),
                Optional("among", Text, "Only records for which this condition holds are drawn from."),
                Optional("reason", Text, "Sentence for the caller."),
            ],
            values =>
                new()
                {
                    Share = values.Get<double>("share"),
                    Action = values.Get<string>("action"),
                    Salt = values.Get<string>("salt"),
                    Among = values.Text("among"),
                    Reason = values.Text("reason"),
                }
        );

    static readonly FallbackChain Default = new();

    public static Shape<FallbackChain> Fallback { get; } =
        new ObjectShape<FallbackChain>(
            "a fallback chain",
            [
                Optional(
                    "order",
                    ListOf(
                        Choice(
                            ("previous_release", FallbackKind.PreviousRelease),
                            ("table", FallbackKind.Table),
                            ("refer", FallbackKind.Refer)
                        )
                    ),
                    "Tried in order; must end with refer. Default: refer alone."
                ),
                Optional("outputs", MapOf(Text), "table: formulas of outputs over input fields and tables."),
                Optional("table_action", Text, "table: the action. Default: the mildest."),
                Optional("refer_action", Text, "refer: the action that hands the record to a person. Default refer."),
                Optional("reason", Text, "refer: sentence for the caller."),
            ],
            values =>
                new()
                {
                    Order = values.Or("order", Default.Order),
                    Outputs = values
                        .Or<IReadOnlyList<KeyValuePair<string, string>>>("outputs", [])
                        .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal),
                    TableAction = values.Text("table_action"),
                    ReferAction = values.Or("refer_action", Default.ReferAction),
                    Reason = values.Or("reason", Default.Reason),
                }
        );
}
