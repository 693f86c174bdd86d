using System.Globalization;

namespace Halley.Optimization;

/// <summary>Reads a choice problem from tables.</summary>
public static class ChoiceTables
{
    /// <summary>Claims to handlers, and the like: a row of the options' table is a pair that is possible.</summary>
    /// <exception cref="HalleyException">HLY2341: rows that name no agent, or numbers that are missing.</exception>
    public static ChoiceProblem Assignment(ChoiceSpec spec, Table options, Table agents)
    {
        var (names, capacities) = (agents[spec.Agent], agents.Numeric(spec.Capacity));
        Resource[] resources =
        [
            .. Enumerable.Range(0, agents.RowCount).Select(row => new Resource(names.TextAt(row) ?? "", capacities.Values[row])),
        ];
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var row = 0; row < resources.Length; row++)
        {
            if (!index.TryAdd(resources[row].Name, row))
                OptimizationErrors.ThrowBadRows(
                    $"agents '{spec.Agents}'",
                    [$"'{resources[row].Name}' is there twice: keep one row."]
                );
        }
        var (agent, use) = (options[spec.Option!], options.Numeric(spec.Use!));
        return new(
            Items(
                spec,
                options,
                row =>
                {
                    var name = agent.TextAt(row) ?? "";
                    if (!index.TryGetValue(name, out var at))
                        OptimizationErrors.ThrowBadRows(
                            $"options '{spec.Options}'",
                            [$"row {row + 1}: there is no agent '{name}'. Add it to '{spec.Agents}', or correct the name."]
                        );
                    var uses = new double[resources.Length];
                    uses[at] = use.Values[row];
                    return (name, uses);
                }
            ),
            resources,
            spec.IsCost
        );
    }

    /// <summary>Items that are taken or left, or offers of which each item gets one, under several limits.</summary>
    public static ChoiceProblem Knapsack(ChoiceSpec spec, Table options)
    {
        Resource[] resources = [.. spec.Capacities.Select(one => new Resource(one.Key, one.Value))];
        NumericColumn[] uses = [.. resources.Select(resource => options.Numeric(resource.Name))];
        var option = spec.Option is { } column ? options[column] : null;
        var items = Items(spec, options, row => (option?.TextAt(row) ?? "yes", [.. uses.Select(use => use.Values[row])]));
        if (option is not null)
            return new(items, resources, spec.IsCost);
        var none = new ChoiceOption("no", 0, new double[resources.Length]);
        return new([.. items.Select(item => item with { Options = [none, .. item.Options] })], resources, spec.IsCost);
    }

    static ChoiceItem[] Items(ChoiceSpec spec, Table table, Func<int, (string Name, double[] Uses)> optionOf)
    {
        var (item, value) = (table[spec.Item], table.Numeric(spec.Value));
        var (order, options) = (new List<string>(), new Dictionary<string, List<ChoiceOption>>(StringComparer.Ordinal));
        for (var row = 0; row < table.RowCount; row++)
        {
            var name = item.TextAt(row) ?? (row + 1).ToString(CultureInfo.InvariantCulture);
            if (!options.TryGetValue(name, out var list))
            {
                order.Add(name);
                options[name] = list = [];
            }
            var (option, uses) = optionOf(row);
            list.Add(new(option, value.Values[row], uses));
        }
        return [.. order.Select(name => new ChoiceItem(name, options[name]))];
    }

    /// <summary>The plan with its account, a row for each item.</summary>
    public static Table ToTable(ChoicePlan plan) =>
        new([
            new TextColumn("item", [.. plan.Choices!.Select(one => one.Item)]),
            new TextColumn("option", [.. plan.Choices!.Select(one => one.Option)]),
            new NumericColumn("value", [.. plan.Choices!.Select(one => one.Value)]),
            new NumericColumn("resource_cost", [.. plan.Choices!.Select(one => one.ResourceCost)]),
            new TextColumn("next_best", [.. plan.Choices!.Select(one => one.NextBest ?? "")]),
            new NumericColumn("advantage", [.. plan.Choices!.Select(one => one.Advantage)]),
        ]);
}
