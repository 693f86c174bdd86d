namespace Halley.Data;

/// <summary>From one input to columns.</summary>
/// <param name="Input">Index among the inputs.</param>
/// <param name="Powers">x, x², … up to this power; 1 for x alone.</param>
/// <param name="IsLog">Whether ln x stands for x.</param>
/// <param name="WhenMissing">Stands for a missing value; NaN for none: the row has no prediction.</param>
public sealed record NumberRule(int Input, int Powers, bool IsLog, double WhenMissing);
