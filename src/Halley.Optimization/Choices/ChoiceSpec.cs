namespace Halley.Optimization;

/// <summary>An assignment or a knapsack as it is written down: where its tables are and what their columns mean.</summary>
public sealed record ChoiceSpec
{
    /// <summary>Table or file with a row for each option of an item.</summary>
    public required string Options { get; init; }

    /// <summary>Column that names the item: a claim, a customer, an inspection.</summary>
    public required string Item { get; init; }

    /// <summary>Column that names the option: a handler, an offer; null where an item is taken or left.</summary>
    public string? Option { get; init; }

    /// <summary>Column with the value or cost of the option.</summary>
    public required string Value { get; init; }

    /// <summary>Whether the column is a cost, of which the least is sought.</summary>
    public bool IsCost { get; init; }

    /// <summary>For an assignment: column with what the item takes of its agent's capacity.</summary>
    public string? Use { get; init; }

    /// <summary>For an assignment: table or file with a row for each agent.</summary>
    public string? Agents { get; init; }

    /// <summary>Column of the agents' table with their names. Default agent.</summary>
    public string Agent { get; init; } = "agent";

    /// <summary>Column of the agents' table with their capacities. Default capacity.</summary>
    public string Capacity { get; init; } = "capacity";

    /// <summary>For a knapsack: what there is of each resource, which is a column of the options' table.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Capacities { get; init; } = [];
}
