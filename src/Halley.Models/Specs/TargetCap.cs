namespace Halley.Models;

/// <summary>Large values of the target cut off before fitting, so that a few claims do not rule the model.</summary>
/// <param name="At">Largest value kept, in the target's unit. Above 0.</param>
/// <param name="Excess">What becomes of the part above it.</param>
public sealed record TargetCap(double At, CapExcess Excess = CapExcess.Spread);

/// <summary>What becomes of the part of the target above its cap.</summary>
public enum CapExcess
{
    /// <summary>Every row of the target is multiplied by one factor, so that the weighted total of the learn part is kept.</summary>
    Spread,

    /// <summary>It is left out; the model then predicts the capped target.</summary>
    Drop,
}
