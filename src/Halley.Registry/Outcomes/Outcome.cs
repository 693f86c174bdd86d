namespace Halley.Registry;

/// <summary>What became of a decision, as far as was known on a day.</summary>
/// <remarks>
/// Outcomes of one decision and kind supersede each other: as of a date, the one with the latest valuation date up to
/// then holds; of two with the same valuation date, the one received last.
/// </remarks>
public sealed record Outcome
{
    /// <summary>The sender's own id: the same id again is the same outcome, counted once.</summary>
    public required string Id { get; init; }

    public required Guid DecisionId { get; init; }

    /// <summary>For example <c>converted</c>, <c>claim_cost</c>, <c>fraud_confirmed</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>An amount, or 1 and 0 for yes and no. Finite.</summary>
    public required double Value { get; init; }

    /// <summary>The day for which the value was known.</summary>
    public required DateOnly ValuationDate { get; init; }

    /// <summary>Whether it rests on generated data.</summary>
    public bool Simulated { get; init; }

    /// <summary>For kind <c>fraud_verdict</c>, whose value is the amount recovered; null for every other.</summary>
    public FraudVerdict? Verdict { get; init; }
}
