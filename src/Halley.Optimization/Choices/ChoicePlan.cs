namespace Halley.Optimization;

/// <summary>A decided problem.</summary>
public sealed record ChoicePlan
{
    /// <summary>Every item with its option and why; null where no plan was found.</summary>
    public required IReadOnlyList<ChosenOption>? Choices { get; init; }

    /// <summary>Total value, or cost.</summary>
    public required double Value { get; init; }

    /// <summary>No plan is better than this.</summary>
    public required double Bound { get; init; }

    /// <summary>|bound − value| / |bound|.</summary>
    public required double Gap { get; init; }

    public required bool IsProven { get; init; }

    public required IReadOnlyList<ResourceUse> Resources { get; init; }

    /// <summary>Which resources are too short, where no plan exists: all of a clash, each with how much it lacks.</summary>
    public required IReadOnlyList<ClashingLimit> Clash { get; init; }

    public required TimeSpan Elapsed { get; init; }
}

/// <summary>An item's option and its account.</summary>
/// <param name="Value">Value or cost of the option.</param>
/// <param name="ResourceCost">Its uses at the resources' prices.</param>
/// <param name="NextBest">The best other option at those prices; null where there is none.</param>
/// <param name="Advantage">By how much the option is better than the next best at those prices; negative where capacity forced it.</param>
public sealed record ChosenOption(
    string Item,
    string Option,
    double Value,
    double ResourceCost,
    string? NextBest,
    double Advantage
);

/// <summary>A resource in the plan.</summary>
/// <param name="Price">What one more unit would be worth, by the linear relaxation.</param>
public sealed record ResourceUse(string Name, double Capacity, double Use, double Price);
