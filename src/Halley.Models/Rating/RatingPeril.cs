namespace Halley.Models;

/// <summary>A peril of a combined tariff: models whose predictions multiply, such as frequency and severity.</summary>
/// <param name="Models">At least one.</param>
public sealed record RatingPeril(string Name, IReadOnlyList<FittedModel> Models);
