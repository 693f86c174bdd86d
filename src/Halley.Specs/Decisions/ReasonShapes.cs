using System.Globalization;
using Halley.Decisions;
using static Halley.Specs.Shapes;

namespace Halley.Specs;

/// <summary>What is usual, the sentences that explain an answer, and the rules that change its action.</summary>
static class ReasonShapes
{
    /// <summary>Values by share: <c>{0.1: 1, 0.5: 3, 0.9: 6}</c>.</summary>
    public static Shape<IReadOnlyList<QuantilePoint>> Quantiles { get; } =
        MapOf(Number)
            .Then<IReadOnlyList<QuantilePoint>>(
                (pairs, node, problems) =>
                {
                    var points = new List<QuantilePoint>();
                    foreach (var (share, value) in pairs)
                    {
                        if (
                            double.TryParse(share, NumberStyles.Float, CultureInfo.InvariantCulture, out var part)
                            && part is >= 0 and <= 1
                        )
                            points.Add(new(part, value));
                        else
                            problems.Add(
                                node,
                                $"'{share}' is not a share from 0 to 1; write quantiles as {{0.1: 1, 0.5: 3, 0.9: 6}}."
                            );
                    }
                    return points;
                }
            );

    public static Shape<EligibilityRule> Rule { get; } =
        new ObjectShape<EligibilityRule>(
            "an eligibility rule",
            [
                Required("name", Text, "Short name of the rule."),
                Required("when", Text, "Condition under which the action is taken."),
                Required("action", Text, "One of the decision's actions."),
                Required(
                    "reason",
                    Text,
                    "Sentence for the caller; {name} stands for a value, {name:2} for a number with two decimals."
                ),
            ],
            values =>
                new()
                {
                    Name = values.Get<string>("name"),
                    When = values.Get<string>("when"),
                    Action = values.Get<string>("action"),
                    Reason = values.Get<string>("reason"),
                }
        );

    public static Shape<ReasonTemplate> Reason { get; } =
        new ObjectShape<ReasonTemplate>(
            "a reason",
            [
                Required("name", Text, "Short name of the reason."),
                Required("field", Text, "Field or step that the reason is about; the model must read it."),
                Required("model", Text, "Alias of the model whose score the field moves."),
                Optional("class", Text, "Of a model of classes: the class whose odds against all others the field moves."),
                Required("text", Text, "The sentence; {name} stands for a value, {name.q90} for a quantile of its usual range."),
                Optional("reference", Text, "Value to compare with. Default: the median of the usual range."),
                Optional("when", Text, "Told only where this condition holds."),
                Optional("lowers", Flag, "Whether the sentence is about what lowers the score. Default false."),
                Optional(
                    "minimum_contribution",
                    NumberWithin(0),
                    "Smallest contribution worth telling, on the link scale. Default 0."
                ),
                Optional("only_with", Texts, "Actions with which it is told; all where not given."),
            ],
            values =>
                new()
                {
                    Name = values.Get<string>("name"),
                    Field = values.Get<string>("field"),
                    Model = values.Get<string>("model"),
                    Class = values.Text("class"),
                    Text = values.Get<string>("text"),
                    Reference = values.Text("reference"),
                    When = values.Text("when"),
                    Lowers = values.Or("lowers", false),
                    MinimumContribution = values.Or("minimum_contribution", 0.0),
                    OnlyWith = values.Or<IReadOnlyList<string>>("only_with", []),
                }
        );
}
