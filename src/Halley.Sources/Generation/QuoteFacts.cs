namespace Halley.Sources.Generation;

/// <summary>What is known when a price is quoted.</summary>
public readonly record struct QuoteFacts
{
    public required Risk Risk { get; init; }

    /// <summary>Cheapest offer of the market, EUR a year.</summary>
    public double CompetitorPremium { get; init; }

    public bool IsWeekend { get; init; }
}
