namespace Halley.Models;

/// <summary>How much a model uses a feature.</summary>
/// <param name="Feature">Column or derived feature.</param>
/// <param name="Share">Share of all gain (the fall in deviance that its cuts brought), 0 to 1.</param>
public sealed record Importance(string Feature, double Share);
