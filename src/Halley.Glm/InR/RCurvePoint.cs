namespace Halley.Glm;

/// <summary>One place of an <see cref="RCurve"/>, with what Halley says of it.</summary>
/// <param name="At">A value for each of the curve's numbers.</param>
/// <param name="Levels">A level for each of its factors.</param>
sealed record RCurvePoint(IReadOnlyList<double> At, IReadOnlyList<string> Levels, double Value, double Error);
