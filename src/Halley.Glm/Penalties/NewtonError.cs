namespace Halley.Glm;

/// <summary>What a step of Newton's leaves, estimated before it is seen.</summary>
/// <remarks>
/// Over the step the curvature of row i changes by a part of about Δηᵢ, so the error left is about ½·√(Σ h·Δη⁴), in the units of the step's
/// length √(Σ h·Δη²). Δη⁴ is taken from the coefficients, once as if all rows moved alike and once as if each by one coefficient alone; the
/// larger one counts. A further step by the same curvature takes off all but about twice that part.
/// </remarks>
static class NewtonError
{
    /// <param name="to">Where the step leads, shape (p).</param>
    /// <param name="length">√(Δ′HΔ).</param>
    internal static double After(PenalisedPoint point, double[] to, double length)
    {
        var fourth = 0.0;
        for (var j = 1; j < to.Length; j++)
        {
            var change = to[j] - point.Beta[j];
            fourth += point.Hessian[j * to.Length + j] * change * change * change * change;
        }
        return Math.Max(0.5 * Math.Sqrt(fourth), length * length / Math.Sqrt(point.Hessian[0]));
    }
}
