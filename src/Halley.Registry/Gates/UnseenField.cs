namespace Halley.Registry;

/// <summary>Unseen levels of one field.</summary>
/// <param name="Where"><c>the decision</c>, or the model's reference.</param>
/// <param name="Share">Share of the exposure with an unseen level.</param>
/// <param name="Levels">The levels, those with most exposure first, ten at most.</param>
public sealed record UnseenField(string Field, string Where, double Share, IReadOnlyList<string> Levels);
