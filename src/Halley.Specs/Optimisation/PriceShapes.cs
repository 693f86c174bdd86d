using Halley.Optimization;
using static Halley.Specs.Shapes;

namespace Halley.Specs;

/// <summary>A file of <c>halley optimise prices</c>.</summary>
static class PriceShapes
{
    static readonly Shape<Segment> Policies = new ObjectShape<Segment>(
        "a segment",
        [Required("column", Text, "Column of the portfolio."), Required("level", Text, "Policies with this level count.")],
        values => new(values.Get<string>("column"), values.Get<string>("level"))
    );

    static readonly Shape<PortfolioRule> Limit = new ObjectShape<PortfolioRule>(
        "a limit",
        [
            Required("name", Text, "What reports call it."),
            Required(
                "kind",
                Choice(
                    ("retention", LimitKind.Retention),
                    ("volume", LimitKind.Volume),
                    ("loss_ratio", LimitKind.LossRatio),
                    ("average_change", LimitKind.AverageChange),
                    ("change_gap", LimitKind.ChangeGap)
                ),
                "What is limited: mean chance, expected premium, cost over premium, change weighted by premium, or the gap of two segments' changes."
            ),
            Optional("at_least", Number, "Smallest figure."),
            Optional("at_most", Number, "Largest figure."),
            Optional("where", Policies, "Policies that count. Default all."),
            Optional("against", Policies, "For a change_gap: the policies compared with."),
        ],
        values =>
            new()
            {
                Name = values.Get<string>("name"),
                Kind = values.Get<LimitKind>("kind"),
                AtLeast = values.Number("at_least"),
                AtMost = values.Number("at_most"),
                Where = values.Or<Segment?>("where", null),
                Against = values.Or<Segment?>("against", null),
            }
    );

    static readonly Shape<DecisionMenu> Decision = new ObjectShape<DecisionMenu>(
        "a decision's menu",
        [
            Required("name", Text, "Decision file, its name, or a release such as motor-quote@2."),
            Optional("step", Text, "Step that makes the price, which is multiplied. Default premium."),
            Optional("price", Text, "Output with the price. Default premium."),
            Optional("chance", Text, "Output with the chance that the price is taken. Default conversion."),
            Optional("profit", Text, "Output with the expected profit. Default expected_profit."),
        ],
        values =>
            new(
                values.Get<string>("name"),
                values.Or("step", DecisionMenu.Usual.Step),
                values.Or("price", DecisionMenu.Usual.Price),
                values.Or("chance", DecisionMenu.Usual.Chance),
                values.Or("profit", DecisionMenu.Usual.Profit)
            )
    );

    static readonly Shape<(double From, double To, int Prices)> Menu = new ObjectShape<(double From, double To, int Prices)>(
        "a menu",
        [
            Required("from", NumberWithin(-0.99), "Smallest relative change of the price of today, for example -0.2."),
            Required("to", NumberWithin(-0.99), "Largest relative change, for example 0.2."),
            Required("prices", Whole(2, 1_000), "Number of prices."),
        ],
        values => (values.Get<double>("from"), values.Get<double>("to"), values.Get<int>("prices"))
    );

    /// <summary>The whole file.</summary>
    public static Shape<PortfolioSpec> Prices { get; } =
        new ObjectShape<PortfolioSpec>(
            "a price run",
            [
                Required("portfolio", Text, "Table of data.yaml or file with a row for each policy."),
                Required("policy", Text, "Column that names the policy."),
                Optional("premium", Text, "Column with the price of today. Default with a decision: what it charges."),
                Optional("cost", Text, "Column with expected claims and expenses."),
                Optional("chance", Text, "Column with the chance to keep or win the policy at the price of today."),
                Optional(
                    "slope",
                    Text,
                    "Column with the slope of demand: the logit of the chance falls by it for a price doubled."
                ),
                Optional(
                    "decision",
                    Decision,
                    "Decision or release that gives prices, chances and profits in place of the columns cost, chance and slope."
                ),
                Optional("repair_demand", Flag, "Take demand that rises with the price as flat. Default false: it is refused."),
                Optional("menu", Menu, "Prices that a policy can get. Default 41 from -0.2 to 0.2."),
                Optional("floor", Text, "Column with the least price of each policy."),
                Optional("ceiling", Text, "Column with the largest price of each policy, for example that of new business."),
                Optional("limits", ListOf(Limit), "Limits on the whole portfolio."),
                Optional(
                    "slope_error",
                    NumberWithin(0, 0.99),
                    "Relative error of the slope for which the plan is evaluated. Default 0.2."
                ),
            ],
            values =>
            {
                var menu = values.Or("menu", (From: -0.2, To: 0.2, Prices: 41));
                return new()
                {
                    Portfolio = values.Get<string>("portfolio"),
                    Policy = values.Get<string>("policy"),
                    Premium = values.Text("premium"),
                    Cost = values.Text("cost"),
                    Chance = values.Text("chance"),
                    Slope = values.Text("slope"),
                    Decision = values.Or<DecisionMenu?>("decision", null),
                    RepairDemand = values.Or("repair_demand", false),
                    From = menu.From,
                    To = menu.To,
                    Prices = menu.Prices,
                    Floor = values.Text("floor"),
                    Ceiling = values.Text("ceiling"),
                    Limits = values.Or<IReadOnlyList<PortfolioRule>>("limits", []),
                    SlopeError = values.Or("slope_error", 0.2),
                };
            }
        );
}
