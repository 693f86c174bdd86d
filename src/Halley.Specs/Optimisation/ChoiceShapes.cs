using Halley.Optimization;
using static Halley.Specs.Shapes;

namespace Halley.Specs;

/// <summary>Files of <c>halley optimise assign</c> and <c>halley optimise knapsack</c>.</summary>
static class ChoiceShapes
{
    static readonly Key Goal = Optional(
        "goal",
        Choice(("least", true), ("most", false)),
        "Whether the value column is a cost (least) or a gain (most). Default least for an assignment, most for a knapsack."
    );

    /// <summary>Items to agents with capacities.</summary>
    public static Shape<ChoiceSpec> Assign { get; } =
        new ObjectShape<ChoiceSpec>(
            "an assignment",
            [
                Required("options", Text, "Table or file with a row for each possible pair of item and agent."),
                Required("item", Text, "Column that names the item, for example a claim."),
                Required("agent", Text, "Column that names the agent, for example a handler."),
                Required("value", Text, "Column with the cost or gain of the pair."),
                Required("use", Text, "Column with what the item takes of the agent, for example hours."),
                Required("agents", Text, "Table or file with a row for each agent: columns agent and capacity."),
                Optional("agents_name", Text, "Column of the agents' names. Default agent."),
                Optional("agents_capacity", Text, "Column of the agents' capacities. Default capacity."),
                Goal,
            ],
            values =>
                new()
                {
                    Options = values.Get<string>("options"),
                    Item = values.Get<string>("item"),
                    Option = values.Get<string>("agent"),
                    Value = values.Get<string>("value"),
                    Use = values.Get<string>("use"),
                    Agents = values.Get<string>("agents"),
                    Agent = values.Or("agents_name", "agent"),
                    Capacity = values.Or("agents_capacity", "capacity"),
                    IsCost = values.Or("goal", true),
                }
        );

    /// <summary>Items under several limits, or offers of which each item gets one.</summary>
    public static Shape<ChoiceSpec> Knapsack { get; } =
        new ObjectShape<ChoiceSpec>(
            "a knapsack",
            [
                Required("options", Text, "Table or file with a row for each item, or for each option of an item."),
                Required("item", Text, "Column that names the item."),
                Optional(
                    "option",
                    Text,
                    "Column that names the option; each item gets exactly one. Default: an item is taken or left."
                ),
                Required("value", Text, "Column with the gain or cost."),
                Required(
                    "capacities",
                    MapOf(Number),
                    "What there is of each resource; each is a column with what an option takes of it."
                ),
                Goal,
            ],
            values =>
                new()
                {
                    Options = values.Get<string>("options"),
                    Item = values.Get<string>("item"),
                    Option = values.Text("option"),
                    Value = values.Get<string>("value"),
                    Capacities = values.Get<IReadOnlyList<KeyValuePair<string, double>>>("capacities"),
                    IsCost = values.Or("goal", false),
                }
        );
}
