namespace Halley.Data;

/// <summary>One input of a scorer: a slot that holds this field, categories as codes into the scorer's own levels.</summary>
/// <param name="Levels">The scorer's levels of a category, else null. Codes outside them never reach the scorer: recoding applies the rules first.</param>
public sealed record ScorerInput(string Name, FieldKind Kind, LevelList? Levels = null);
