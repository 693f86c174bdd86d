namespace Halley.Data;

/// <summary>What the excess of large claims over a threshold is spread by, among all policies.</summary>
public enum ExcessKey
{
    /// <summary>Years at risk.</summary>
    Exposure,

    /// <summary>Cost after capping, so that the relation between policies stays.</summary>
    CappedCost,
}
