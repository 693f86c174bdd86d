namespace Halley.Boosting;

/// <summary>Mean deviances by weight after a round; round 0 is the start score alone.</summary>
/// <param name="Learn">Of the learn rows.</param>
/// <param name="Validation">Of the validation rows; null without them.</param>
public readonly record struct RoundDeviance(int Round, double Learn, double? Validation);
