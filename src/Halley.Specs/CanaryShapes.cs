using Halley.Registry;
using static Halley.Specs.Shapes;

namespace Halley.Specs;

/// <summary>The whole of <c>canary.yaml</c>: how a release comes to an environment by steps, and what takes it out.</summary>
static class CanaryShapes
{
    static readonly Shape<CanaryStep> Step = new ObjectShape<CanaryStep>(
        "a step",
        [
            Required("share", NumberWithin(0, 1), "Share of the units, for example 0.01; larger from step to step."),
            Optional("hours", NumberWithin(0), "The least hours before the next step. Default 24."),
            Optional("minimum_decisions", Whole(1), "The least decisions of the release before the next step. Default 200."),
        ],
        values =>
            new(values.Get<double>("share"), TimeSpan.FromHours(values.Or("hours", 24.0)), values.Or("minimum_decisions", 200))
    );

    static readonly Shape<CanaryGuard> Guard = new ObjectShape<CanaryGuard>(
        "a guard",
        [
            Required(
                "metric",
                Choice(
                    ("errors", CanaryMetric.Errors),
                    ("fallbacks", CanaryMetric.Fallbacks),
                    ("latency_p99_ms", CanaryMetric.Latency),
                    ("referrals", CanaryMetric.Referrals),
                    ("average_premium", CanaryMetric.AveragePremium),
                    ("unseen_levels", CanaryMetric.UnseenLevels)
                ),
                "What is watched."
            ),
            Optional("maximum", NumberWithin(0), "The most allowed: a share, milliseconds, or the change of an average."),
            Optional("above_champion", NumberWithin(0, 1), "How far a share may lie above the champion's of the same time."),
            Optional("of", Text, "Output of average_premium (default premium), or action of referrals (default refer)."),
        ],
        values =>
            new()
            {
                Metric = values.Get<CanaryMetric>("metric"),
                Maximum = values.Number("maximum"),
                AboveChampion = values.Number("above_champion"),
                Of = values.Text("of"),
            }
    );

    static readonly Shape<CanaryPlan> Plan = new ObjectShape<CanaryPlan>(
        "a canary plan",
        [
            Required("steps", ListOf(Step), "Shares in which a release comes."),
            Required("guards", ListOf(Guard), "Limits; a release that breaches one is taken out at once."),
            Optional("risk", NumberWithin(0, 0.5), "Chance that a sound release is ever taken out. Default 0.01."),
        ],
        values =>
            new()
            {
                Environment = "",
                Steps = values.Get<IReadOnlyList<CanaryStep>>("steps"),
                Guards = values.Get<IReadOnlyList<CanaryGuard>>("guards"),
                Risk = values.Or("risk", 0.01),
            }
    );

    /// <summary>Plans by environment.</summary>
    public static Shape<IReadOnlyList<CanaryPlan>> Canary { get; } =
        MapOf(Plan)
            .Then<IReadOnlyList<CanaryPlan>>(pairs => [.. pairs.Select(pair => pair.Value with { Environment = pair.Key })]);
}
