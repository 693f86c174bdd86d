namespace Halley.Glm;

/// <summary>What a smooth is made of.</summary>
public enum SmoothKind
{
    /// <summary>A cubic spline known by its values at knots spread over the distinct values; the penalty is ∫f″² (mgcv's <c>cr</c>).</summary>
    Cubic,

    /// <summary>Cubic B-splines on even knots; the penalty is on differences of neighbouring coefficients (mgcv's <c>ps</c>).</summary>
    PSpline,
}
