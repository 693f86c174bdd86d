namespace Halley.Registry;

/// <summary>What a fraud report is about.</summary>
public sealed record FraudQuery
{
    public required string Environment { get; init; }

    /// <summary>Verdicts valued after this day are left out.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Output by which claims are ranked; null for no precision.</summary>
    public string? Score { get; init; }

    /// <summary>Claims that investigators take in a day, from 1; null for no precision.</summary>
    public int? CapacityPerDay { get; init; }
}
