namespace Halley.Glm;

/// <summary>What standard errors rest on.</summary>
public enum ErrorKind
{
    /// <summary>Expected information and dispersion: right where the variance is the family's.</summary>
    Model,

    /// <summary>Huber and White's sandwich: right for any variance, rows being independent.</summary>
    Robust,

    /// <summary>The sandwich times n/(n − p).</summary>
    RobustScaled,

    /// <summary>The sandwich with each residual over 1 − leverage: close to the jackknife, for few rows.</summary>
    RobustJackknife,

    /// <summary>The sandwich over clusters of rows (policyholders, fleets, events), times G/(G − 1).</summary>
    Clustered,
}
