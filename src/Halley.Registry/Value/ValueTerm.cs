namespace Halley.Registry;

/// <summary>One part of a decision's value: factor × output × outcome; a part left out counts as 1.</summary>
/// <remarks>
/// Premium earned where a quote was taken: <c>{ Output: "premium", Outcome: "converted" }</c>; claims paid:
/// <c>{ Factor: −1, Outcome: "claim_cost" }</c>. An outcome that has not come, and an output that the answer does not
/// hold as a number (a declined quote has no premium), count as 0.
/// </remarks>
public sealed record ValueTerm
{
    /// <summary>Sign and scale. Finite. Default 1.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>Name of an output of the decision; null for none.</summary>
    public string? Output { get; init; }

    /// <summary>Kind of an outcome; null for none.</summary>
    public string? Outcome { get; init; }

    /// <summary>The most of an outcome that counts: one very large claim says little about a release. Above 0; null for no cap.</summary>
    public double? Cap { get; init; }

    /// <summary>How the outcome, as it is counted, grows with the age of its decision; null where it is final when it is reported.</summary>
    public DevelopmentPattern? Development { get; init; }

    /// <summary>What an amount reported at an age counts for.</summary>
    internal double Counted(double amount, double days)
    {
        var capped = Cap is { } most ? Math.Min(amount, most) : amount;
        if (Development is not { } pattern)
            return capped;
        var share = pattern.ShareAt(days);
        return share > 0 ? capped / share : 0;
    }
}
