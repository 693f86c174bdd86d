namespace Halley.Optimization;

/// <summary>Something to decide: exactly one of its options is chosen.</summary>
/// <param name="Name">What people call it: a claim, an offer, an inspection.</param>
public sealed record ChoiceItem(string Name, IReadOnlyList<ChoiceOption> Options);

/// <summary>One way to decide an item.</summary>
/// <param name="Name">What people call it: a handler, a price, "yes" and "no".</param>
/// <param name="Value">What it earns, or costs where the problem is one of costs; negative values are allowed.</param>
/// <param name="Uses">What it takes of every resource, in their order.</param>
public sealed record ChoiceOption(string Name, double Value, IReadOnlyList<double> Uses);

/// <summary>Something of which there is only so much: hours of a handler, a budget.</summary>
public sealed record Resource(string Name, double Capacity);

/// <summary>Items with options that share resources: assignment, knapsacks with several limits, multiple choice.</summary>
/// <param name="IsCost">Whether values are costs, of which the least is sought.</param>
public sealed record ChoiceProblem(IReadOnlyList<ChoiceItem> Items, IReadOnlyList<Resource> Resources, bool IsCost)
{
    /// <summary>Items that are taken or left: "yes" earns the value and uses the resources, "no" does neither.</summary>
    public static ChoiceProblem Knapsack(
        IEnumerable<(string Name, double Value, double[] Uses)> items,
        IReadOnlyList<Resource> resources
    )
    {
        var none = new double[resources.Count];
        return new(
            [.. items.Select(item => new ChoiceItem(item.Name, [new("no", 0, none), new("yes", item.Value, item.Uses)]))],
            resources,
            IsCost: false
        );
    }

    /// <summary>Jobs that each go to one agent; an agent's jobs take no more than its capacity.</summary>
    /// <param name="cost">Cost of a job at an agent; null where the agent can't do it.</param>
    /// <param name="use">What a job takes of an agent.</param>
    public static ChoiceProblem Assignment(
        IReadOnlyList<string> jobs,
        IReadOnlyList<Resource> agents,
        Func<int, int, double?> cost,
        Func<int, int, double> use
    ) =>
        new(
            [
                .. jobs.Select(
                    (job, j) =>
                        new ChoiceItem(
                            job,
                            [
                                .. Enumerable
                                    .Range(0, agents.Count)
                                    .Where(agent => cost(agent, j) is not null)
                                    .Select(agent => new ChoiceOption(
                                        agents[agent].Name,
                                        cost(agent, j)!.Value,
                                        [.. agents.Select((_, other) => other == agent ? use(agent, j) : 0)]
                                    )),
                            ]
                        )
                ),
            ],
            agents,
            IsCost: true
        );

    /// <summary>All problems at once.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        problems.AddRange(
            Items
                .GroupBy(item => item.Name)
                .Where(group => group.Count() > 1)
                .Select(group => $"'{group.Key}' is there twice: name each once.")
        );
        problems.AddRange(
            Resources
                .Where(resource => !double.IsFinite(resource.Capacity))
                .Select(resource =>
                    FormattableString.Invariant($"capacity of '{resource.Name}' is {resource.Capacity}: give a number.")
                )
        );
        foreach (var item in Items)
        {
            if (item.Options.Count == 0)
                problems.Add($"'{item.Name}' has no option: nobody can take it. Give it one, or leave it out.");
            foreach (var option in item.Options)
            {
                if (option.Uses.Count != Resources.Count)
                    problems.Add(
                        $"'{item.Name}', option '{option.Name}': {option.Uses.Count} uses for {Resources.Count} resources."
                    );
                if (!double.IsFinite(option.Value) || option.Uses.Any(use => !double.IsFinite(use)))
                    problems.Add($"'{item.Name}', option '{option.Name}': a value or use is not a number. Correct it.");
            }
        }
        return problems;
    }
}
