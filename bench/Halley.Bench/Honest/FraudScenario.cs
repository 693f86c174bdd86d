namespace Halley.Bench;

/// <summary>A world of claims of which a part is fraud, found only by those who look.</summary>
/// <param name="Claims">Claims of a run.</param>
/// <param name="CheckShare">Chance with which a claim that the score lets pass is checked all the same.</param>
sealed record FraudScenario(string Name, string Words, int Claims, double CheckShare);
