namespace Halley.Registry;

/// <summary>Policies whose premium changes by a size.</summary>
/// <param name="Band">For example <c>+5 % to +10 %</c>.</param>
/// <param name="Before">Their premium by the release before.</param>
/// <param name="After">Their premium by the new release.</param>
public sealed record PremiumBand(string Band, long Policies, double Before, double After);
