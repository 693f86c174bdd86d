namespace Halley.Models;

/// <summary>What a model keeps of the data that it was fitted on.</summary>
/// <param name="Fingerprint">Of the columns that took part.</param>
/// <param name="TargetFactor">By what the target was multiplied because of its cap.</param>
/// <param name="Profiles">How each input is spread over the learn rows.</param>
sealed record DataFacts(string Fingerprint, double TargetFactor, IReadOnlyList<FeatureProfile> Profiles);
