namespace Halley.Glm;

/// <summary>A term whose coefficients are steps.</summary>
/// <param name="Levels">Coordinates of the levels in their declared order, −1 for the base.</param>
/// <param name="Kind"><see cref="PenaltyKind.Steps"/>, <see cref="PenaltyKind.Pairs"/>, or <see cref="PenaltyKind.Each"/> for a monotone rule alone.</param>
/// <param name="Weight">v of the term.</param>
sealed record PenaltyChain(int[] Levels, PenaltyKind Kind, MonotoneRule Monotone, double Weight);
