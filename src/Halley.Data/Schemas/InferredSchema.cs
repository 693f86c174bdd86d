namespace Halley.Data;

/// <summary>A schema inferred from a file, and what in it is a guess for a person to confirm.</summary>
public sealed record InferredSchema(Schema Schema, IReadOnlyList<SchemaGuess> Guesses);
