using System.Text.Json;

namespace Halley.Sources.Generation;

/// <summary>A claim reported after the portfolio's end, and what it really is.</summary>
public sealed class LiveClaim
{
    internal LiveClaim(ClaimFacts facts) => Facts = facts;

    /// <summary>0 for the first after the end.</summary>
    public required int Number { get; init; }

    /// <summary>Time of the report.</summary>
    public required DateTime At { get; init; }

    public required DateOnly OccurrenceDate { get; init; }

    public ClaimFacts Facts { get; }

    public required bool IsFraud { get; init; }

    /// <summary>What an honest handling pays, EUR.</summary>
    public required double Amount { get; init; }

    public bool IsLarge => Amount >= SeverityTruth.LargeThreshold;

    /// <summary>True probability of fraud.</summary>
    public double FraudProbability => PortfolioTruth.FraudProbability(Facts);

    /// <summary>True probability of a large claim.</summary>
    public double LargeProbability => PortfolioTruth.LargeProbability(Facts);

    /// <summary>True expected amount, EUR.</summary>
    public double ExpectedAmount => PortfolioTruth.ExpectedAmount(Facts);

    /// <summary>The fields of <see cref="MotorSchemas.ReportedClaim"/>, as one JSON object.</summary>
    public void WriteInputs(Utf8JsonWriter json) => RecordJson.Write(json, ClaimRow.FactLayout, Facts);
}
