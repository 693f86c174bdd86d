namespace Halley.Registry;

/// <summary>Prices of renewals against those of the same risks as new customers.</summary>
public sealed record RenewalPriceEvidence : GateEvidence
{
    /// <summary>Renewals with both prices.</summary>
    public required long Renewals { get; init; }

    /// <summary>Renewals that are dearer by more than the gate's tolerance.</summary>
    public required long Dearer { get; init; }

    /// <summary>Sum of what these pay above the price of a new customer.</summary>
    public required double Excess { get; init; }

    /// <summary>Largest excess of one policy, as a share of the new customer's price.</summary>
    public required double Largest { get; init; }

    /// <summary>The policy with the largest excess in words; null where none is dearer.</summary>
    public string? Example { get; init; }
}
