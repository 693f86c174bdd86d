namespace Halley.Registry;

/// <summary>A field that tells something about a protected attribute.</summary>
/// <param name="Association">Cramér's V between the field's groups and the attribute's levels, in [0, 1], weighted by exposure.</param>
public sealed record ProxyField(string Field, double Association);
