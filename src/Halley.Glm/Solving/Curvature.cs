namespace Halley.Glm;

/// <summary>Which second derivative of the half deviance weighs the rows.</summary>
enum Curvature
{
    /// <summary>None: deviance and score only.</summary>
    None,

    /// <summary>Expected (Fisher): what R's standard errors rest on.</summary>
    Expected,

    /// <summary>Observed, where it can't be negative (log link, variance μ^p with 1 ≤ p ≤ 2); expected elsewhere. Converges faster.</summary>
    Observed,
}
