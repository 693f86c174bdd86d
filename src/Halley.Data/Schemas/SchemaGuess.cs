namespace Halley.Data;

/// <summary>Something in an inferred schema that the values do not prove.</summary>
/// <param name="Guess">What was assumed: <c>role target</c>.</param>
/// <param name="Reason">Why: <c>its name is 'ClaimNb'</c>.</param>
public sealed record SchemaGuess(string Field, string Guess, string Reason);
