namespace Halley.Decisions;

/// <summary>A condition under which another action than the mildest is taken.</summary>
public sealed record EligibilityRule
{
    public required string Name { get; init; }

    /// <summary>Formula of a boolean. Where it is missing, the rule can't be checked: the action of the fallback chain is taken, with a reason.</summary>
    public required string When { get; init; }

    /// <summary>One of the decision's actions.</summary>
    public required string Action { get; init; }

    /// <summary>Sentence for the caller; <c>{name}</c> stands for a value, <c>{name:2}</c> for a number with two decimals.</summary>
    public required string Reason { get; init; }
}
