namespace Halley.Registry;

/// <summary>What checks found, and what they say about all claims.</summary>
/// <param name="ByRelease">A line for each release.</param>
/// <param name="ByReason">A line for each reason; a claim with two stands in both.</param>
/// <param name="Precision">Substantiated among the claims of highest score that the capacity of a day takes, of those with a result; null without a score or a result.</param>
/// <param name="PrecisionUnknown">Claims within capacity without a result: unknown, in no share.</param>
/// <param name="FraudRate">Share of fraud among all claims that a check could meet, the checked weighted by their logged chance; null below two results.</param>
/// <param name="Simulated">Whether any record behind it rests on generated data.</param>
public sealed record FraudReport(
    string Environment,
    string Decision,
    int Claims,
    FraudLine All,
    IReadOnlyList<FraudLine> ByRelease,
    IReadOnlyList<FraudLine> ByReason,
    FraudShare? Precision,
    int PrecisionUnknown,
    FraudShare? FraudRate,
    bool Simulated
);
