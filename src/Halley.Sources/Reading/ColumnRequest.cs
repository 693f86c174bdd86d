namespace Halley.Sources.Reading;

/// <summary>A column to read.</summary>
/// <param name="Guessed">No schema declares the kind: text then becomes a category or text by its number of levels.</param>
sealed record ColumnRequest(string Name, FieldKind Kind, bool Guessed = false);
