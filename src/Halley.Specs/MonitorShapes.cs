using Halley.Registry;
using static Halley.Specs.Shapes;

namespace Halley.Specs;

/// <summary>The whole of <c>monitor.yaml</c>: what is watched of each decision, and when it is an alarm.</summary>
static class MonitorShapes
{
    static readonly Shape<MonitorLine> Line = new ObjectShape<MonitorLine>(
        "a line",
        [
            Required("name", Text, "What it is called, for example claims."),
            Required("expected", Text, "Output or step with the expected amount."),
            Required("actual", Text, "Kind of the outcome with the actual amount."),
            Optional("taken", Text, "Kind of the outcome by which the expected amount counts: 1 where taken, or years earned."),
            Optional("rate", Flag, "Whether the expected amount is one of a year at risk, times the exposure. Default false."),
            Optional("factor", NumberWithin(0), "Scale of the expected amount, above 0. Default 1."),
            Optional("cap", NumberWithin(0), "The most of an actual amount that counts. Default: all of it."),
            Optional(
                "development",
                ListOf(ValueShapes.Age),
                "Share of the final amount that has come by an age of the decision. Default: all at once."
            ),
            Optional(
                "tolerance",
                NumberWithin(0, 1),
                "The smallest departure of actual/expected from 1 that matters. Default 0.05."
            ),
        ],
        values =>
            new()
            {
                Name = values.Get<string>("name"),
                Expected = values.Get<string>("expected"),
                Actual = values.Get<string>("actual"),
                Taken = values.Text("taken"),
                IsRate = values.Or("rate", false),
                Factor = values.Or("factor", 1.0),
                Cap = values.Number("cap"),
                Development = values.Has("development") ? new(values.Get<IReadOnlyList<DevelopmentAge>>("development")) : null,
                Tolerance = values.Or("tolerance", 0.05),
            }
    );

    static readonly Shape<MonitorPrice> Price = new ObjectShape<MonitorPrice>(
        "a price",
        [
            Required("charged", Text, "Output, or kind of an outcome, with the price charged."),
            Required("technical", Text, "Output or step with the technical price."),
            Optional("by", Text, "Input by whose levels they are compared, for example channel."),
            Optional("target", NumberWithin(0), "What charged/technical is meant to be. Default: as in the reference time."),
            Optional("tolerance", NumberWithin(0), "The smallest departure that matters. Default 0.03."),
        ],
        values =>
            new()
            {
                Charged = values.Get<string>("charged"),
                Technical = values.Get<string>("technical"),
                By = values.Text("by"),
                Target = values.Number("target"),
                Tolerance = values.Or("tolerance", 0.03),
            }
    );

    static readonly Shape<MonitorPlan> Plan = new ObjectShape<MonitorPlan>(
        "a monitor plan",
        [
            Optional("segments", Texts, "Inputs by whose levels everything is watched too, for example channel."),
            Optional("exposure", Text, "Input, step or output with the years at risk of a decision. Default: each counts as 1."),
            Optional(
                "reference_days",
                NumberWithin(0),
                "Days of the release's first decisions that later ones are held against. Default 60."
            ),
            Optional("inputs", Texts, "Inputs whose drift is watched. Default: all categories, numbers, yes and no."),
            Optional("scores", Texts, "Outputs and steps whose drift is watched. Default: all numeric outputs."),
            Optional("drift_index", NumberWithin(0), "Population stability index above which drift matters. Default 0.2."),
            Optional("missing_rise", NumberWithin(0, 1), "Rise of the share of missing values that matters. Default 0.02."),
            Optional("unseen_share", NumberWithin(0, 1), "Share with a level that no model learned that matters. Default 0.01."),
            Optional("latency_p99_ms", NumberWithin(0), "Milliseconds that 1 in 100 decisions may exceed. Default: only shown."),
            Optional("minimum_claims", Whole(10), "Claims before a line is judged. Default 50."),
            Optional("lines", ListOf(Line), "Actual against expected."),
            Optional("price", Price, "Charged against technical price."),
            Optional("risk", NumberWithin(0, 0.5), "Chance that a sound release ever raises any alarm. Default 0.05."),
            Optional("webhook", Text, "Address that alarms are sent to; the secret is HALLEY_WEBHOOK_SECRET."),
        ],
        values =>
            new()
            {
                Decision = "",
                Segments = values.Or<IReadOnlyList<string>>("segments", []),
                Exposure = values.Text("exposure"),
                ReferenceDays = values.Or("reference_days", 60.0),
                Inputs = values.Or<IReadOnlyList<string>>("inputs", []),
                Scores = values.Or<IReadOnlyList<string>>("scores", []),
                DriftIndex = values.Or("drift_index", 0.2),
                MissingRise = values.Or("missing_rise", 0.02),
                UnseenShare = values.Or("unseen_share", 0.01),
                LatencyMilliseconds = values.Number("latency_p99_ms"),
                MinimumClaims = values.Or("minimum_claims", 50),
                Lines = values.Or<IReadOnlyList<MonitorLine>>("lines", []),
                Price = values.Or<MonitorPrice?>("price", null),
                Risk = values.Or("risk", 0.05),
                Webhook = values.Text("webhook"),
            }
    );

    /// <summary>Plans by decision.</summary>
    public static Shape<IReadOnlyList<MonitorPlan>> Monitor { get; } =
        MapOf(Plan).Then<IReadOnlyList<MonitorPlan>>(pairs => [.. pairs.Select(pair => pair.Value with { Decision = pair.Key })]);
}
