namespace Halley.Data;

/// <summary>From one input to a level's number.</summary>
/// <param name="Input">Index among the inputs.</param>
/// <param name="Count">Levels, that of missing values included.</param>
/// <param name="Missing">Level of a missing value; −1 for none: the row has no prediction.</param>
/// <param name="Values">The values that have a level each, in order; of a category empty: its codes are levels.</param>
/// <param name="Unseen">Level of a number that is not among the values; −1 for none.</param>
/// <param name="Cuts">Level k starts at cut k − 1; empty where levels are values or codes.</param>
public sealed record LevelRule(
    int Input,
    int Count,
    int Missing,
    IReadOnlyList<double> Values,
    int Unseen,
    IReadOnlyList<double> Cuts
);
