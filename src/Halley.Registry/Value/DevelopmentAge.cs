namespace Halley.Registry;

/// <summary>One age of a <see cref="DevelopmentPattern"/>.</summary>
/// <param name="Days">Age of the decision in days, above 0.</param>
/// <param name="Share">Share of the final amount known by then, in (0, 2].</param>
public sealed record DevelopmentAge(double Days, double Share);
