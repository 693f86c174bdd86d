namespace Halley.Boosting;

/// <summary>How the rows of each tree are drawn, and how much each counts.</summary>
public enum RowSampling
{
    /// <summary>Each row with the same chance, <see cref="BoostingOptions.RowShare"/>.</summary>
    Uniform,

    /// <summary>
    /// All rows, each counting (−ln u)^t times with t = <see cref="BoostingOptions.BootstrapTemperature"/>: the Bayesian bootstrap at t = 1.
    /// </summary>
    Bayesian,

    /// <summary>
    /// The share <see cref="BoostingOptions.LargeGradientShare"/> with the largest gradients, and some of the others, which count for those
    /// left out (GOSS).
    /// </summary>
    LargeGradients,

    /// <summary>Each row with a chance in proportion to the size of its derivatives, counting for those left out (MVS).</summary>
    MinimumVariance,
}
