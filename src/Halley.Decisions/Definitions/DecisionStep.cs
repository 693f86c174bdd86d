namespace Halley.Decisions;

/// <summary>A named formula; its value can be read by other formulas and is in every explained answer.</summary>
public sealed record DecisionStep
{
    public required string Name { get; init; }

    public required string Expression { get; init; }

    /// <summary>Formula of the smallest value allowed; null for none. Where it bites, the answer records it.</summary>
    public string? Floor { get; init; }

    /// <summary>Formula of the largest value allowed; null for none. Applied after the floor: where the two cross, the cap holds.</summary>
    public string? Cap { get; init; }

    public string? Unit { get; init; }

    public string? Description { get; init; }
}
