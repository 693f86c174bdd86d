namespace Halley.Registry;

/// <summary>One field, or a model's prediction, now against when it was learned.</summary>
/// <param name="Index">Exposure-weighted population stability index.</param>
/// <param name="Group">The group that moved most, such as <c>region = North</c>.</param>
/// <param name="Before">Its share of the exposure in the data learned from.</param>
/// <param name="After">Its share in the portfolio.</param>
public sealed record DriftLine(string Model, string Field, double Index, string Group, double Before, double After);
