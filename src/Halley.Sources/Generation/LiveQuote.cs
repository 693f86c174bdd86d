using System.Text.Json;

namespace Halley.Sources.Generation;

/// <summary>A quote asked for after the portfolio's end, and what would become of it at any price.</summary>
public sealed class LiveQuote
{
    /// <summary>Uniform in (0, 1): the customer takes every offer whose probability of being taken is above it.</summary>
    readonly double willingness;

    internal LiveQuote(QuoteFacts facts, double willingness)
    {
        Facts = facts;
        this.willingness = willingness;
    }

    /// <summary>0 for the first after the end.</summary>
    public required int Number { get; init; }

    public required DateTime At { get; init; }

    public QuoteFacts Facts { get; }

    /// <summary>What the present tariff asks, EUR a year.</summary>
    public required double TariffPremium { get; init; }

    /// <summary>True expected cost of claims in the year to come, EUR.</summary>
    public required double ExpectedCost { get; init; }

    /// <summary>Claims that the year would bring.</summary>
    public required int ActualClaims { get; init; }

    /// <summary>What they would cost, EUR.</summary>
    public required double ActualCost { get; init; }

    /// <summary>True probability that the offer is taken.</summary>
    /// <param name="premium">EUR a year, above 0.</param>
    public double ConversionProbability(double premium) => PortfolioTruth.ConversionProbability(Facts, premium);

    /// <summary>Whether the offer is taken. Who takes it at a premium takes it at every lower one.</summary>
    /// <param name="premium">EUR a year, above 0.</param>
    public bool Converts(double premium) => willingness < ConversionProbability(premium);

    /// <summary>The fields of <see cref="MotorSchemas.RequestedQuote"/>, as one JSON object.</summary>
    public void WriteInputs(Utf8JsonWriter json) => RecordJson.Write(json, QuoteRow.FactLayout, Facts);
}
