namespace Halley.Glm;

/// <summary>One step of a search: the model that it started from, every move that was tried, best first, and the one that was taken.</summary>
/// <param name="Deviance">Of the model before the step.</param>
/// <param name="Degrees">Degrees of freedom that it uses.</param>
/// <param name="Aic">Its AIC; null where the family has no likelihood.</param>
/// <param name="HeldOut">Its deviance on held-out rows by unit of exposure; null where the search does not hold out rows.</param>
/// <param name="Tried">Moves, the best first.</param>
/// <param name="Taken">Null where none makes the model better: the search ends.</param>
public sealed record TermSearchStep(
    double Deviance,
    double Degrees,
    double? Aic,
    double? HeldOut,
    IReadOnlyList<TermMove> Tried,
    TermMove? Taken
);
