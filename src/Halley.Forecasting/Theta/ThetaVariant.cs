namespace Halley.Forecasting;

/// <summary>Members of the Theta family.</summary>
public enum ThetaVariant
{
    /// <summary>θ = 2, one line through all values (STM).</summary>
    Standard,

    /// <summary>θ fitted, one line through all values (OTM).</summary>
    Optimised,

    /// <summary>θ = 2, the line follows the values (DSTM).</summary>
    DynamicStandard,

    /// <summary>θ fitted, the line follows the values (DOTM).</summary>
    DynamicOptimised,
}
