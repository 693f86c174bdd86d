namespace Halley.Glm;

/// <summary>An encoded term with its coefficients.</summary>
/// <param name="Coefficients">Shape (cells × width): 0 for base levels and aliased columns.</param>
sealed record ScorerTerm(EncodedTerm Encoded, double[] Coefficients);
