namespace Halley.Data;

/// <summary>A column of claim amounts to add up on the policies.</summary>
/// <remarks>
/// With <see cref="CapAt"/> two more columns are made: <c>{Name}Capped</c>, each claim counted up to the threshold, and
/// <c>{Name}Spread</c>, the capped cost and the policy's share of everybody's excess, so that its total is the total of all claims.
/// </remarks>
public sealed record ClaimAmount
{
    /// <summary>Number column of the claims; a missing amount is refused.</summary>
    public required string Column { get; init; }

    /// <summary>Column made on the policies; null for the same name.</summary>
    public string? Name { get; init; }

    /// <summary>Largest amount of a claim that counts, above 0; null for no limit.</summary>
    public double? CapAt { get; init; }

    /// <summary>Used with <see cref="CapAt"/>. Default exposure.</summary>
    public ExcessKey SpreadBy { get; init; } = ExcessKey.Exposure;
}
