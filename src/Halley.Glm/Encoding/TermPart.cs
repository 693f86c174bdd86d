namespace Halley.Glm;

/// <summary>One part of a term, encoded: either levels or numbers.</summary>
/// <param name="Term">The part as declared.</param>
/// <param name="Coder">Its levels, or null.</param>
/// <param name="Basis">Its numbers, or null.</param>
/// <param name="InputName">Column that it reads.</param>
/// <param name="BaseLevel">Code of the base level; −1 without levels.</param>
/// <param name="Contrasts">Whether the base level has no column in this term.</param>
sealed record TermPart(ColumnTerm Term, LevelCoder? Coder, NumberBasis? Basis, string InputName, int BaseLevel, bool Contrasts);
