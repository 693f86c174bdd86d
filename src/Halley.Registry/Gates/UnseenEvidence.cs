namespace Halley.Registry;

/// <summary>Levels of a portfolio that the decision or its models never saw.</summary>
public sealed record UnseenEvidence : GateEvidence
{
    /// <summary>Only fields with unseen levels.</summary>
    public required IReadOnlyList<UnseenField> Fields { get; init; }

    /// <summary>Category fields that were looked at.</summary>
    public required int Checked { get; init; }
}
