namespace Halley.Registry;

/// <summary>What became of the claims that one release, or one reason, sent to be looked into.</summary>
/// <param name="Referred">Claims sent, by triage, rule or random check.</param>
/// <param name="Pending">Of these, without a handler's word.</param>
/// <param name="Rejected">Not taken up by the handler.</param>
/// <param name="Open">Taken up, nothing found yet.</param>
/// <param name="Acceptance">Taken up, of those with a handler's word; null without one.</param>
/// <param name="SubstantiatedRate">Substantiated of substantiated and unsubstantiated; null without either.</param>
/// <param name="Recovered">Amount recovered.</param>
/// <param name="Hours">Hours worked.</param>
/// <param name="PerHour">Recovered for each hour; null without hours.</param>
public sealed record FraudLine(
    string Name,
    int Referred,
    int Pending,
    int Rejected,
    int Open,
    int Substantiated,
    int Unsubstantiated,
    int Inconclusive,
    FraudShare? Acceptance,
    FraudShare? SubstantiatedRate,
    double Recovered,
    double Hours,
    double? PerHour
);

/// <summary>A share with its 95 % interval.</summary>
public sealed record FraudShare(double Value, double Lower, double Upper);
