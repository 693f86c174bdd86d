namespace Halley.Glm;

/// <summary>Levels by credibility: each effect is a draw from a normal distribution around 0, whose variance the data choose.</summary>
/// <remarks>
/// A level with much exposure keeps nearly its own figure, one with little is drawn to the mean: Bühlmann and Straub's credibility,
/// for any family. Penalty λ·Σ b² with λ = φ/variance; mgcv's <c>s(x, bs = "re")</c>.
/// </remarks>
public sealed record CredibilityTerm(string Column) : PenalisedLevelTerm(Column)
{
    private protected override string UsualName => $"re({Column})";
}
