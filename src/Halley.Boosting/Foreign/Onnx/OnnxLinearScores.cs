namespace Halley.Boosting;

/// <summary>Linear scores, and what is done to them.</summary>
/// <param name="Columns">A number for each output.</param>
/// <param name="Chosen">The output that is the score, where it is not for the caller to choose.</param>
sealed record OnnxLinearScores(OnnxScalar[] Columns, ForeignLink Link, int? Chosen) : OnnxValue;
