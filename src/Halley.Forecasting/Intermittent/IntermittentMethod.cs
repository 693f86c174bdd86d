namespace Halley.Forecasting;

/// <summary>Methods for series that are mostly zero.</summary>
public enum IntermittentMethod
{
    /// <summary>Size over interval, both smoothed by 0.1.</summary>
    Croston,

    /// <summary>Croston with both smoothings fitted, 0.1 to 0.3.</summary>
    CrostonOptimised,

    /// <summary>Croston times 0.95: Syntetos and Boylan's correction of its bias.</summary>
    Sba,

    /// <summary>Size times probability, the latter updated at every step: follows demand that dies out.</summary>
    Tsb,

    /// <summary>Smoothing of sums over the mean interval.</summary>
    Adida,

    /// <summary>Mean of smoothings of sums over 1, 2, … up to the mean interval.</summary>
    Imapa,
}
