namespace Halley.Data;

/// <summary>What became of a row of claims in a join. Each has exactly one fate.</summary>
public enum ClaimFate
{
    /// <summary>Counted on a policy.</summary>
    Matched,

    /// <summary>No policy has its key, or the key is missing.</summary>
    NoPolicy,

    /// <summary>The policy is there, but no cover of it holds the claim's date.</summary>
    OutsideCover,

    /// <summary>Its date is missing where one is needed.</summary>
    Undated,

    /// <summary>It happened, was reported or was valued after the valuation date.</summary>
    NotYetKnown,

    /// <summary>A later row values the same claim.</summary>
    Superseded,
}
