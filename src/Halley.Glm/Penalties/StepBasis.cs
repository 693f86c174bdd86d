namespace Halley.Glm;

/// <summary>A term's level coefficients as sums of steps along an order of its levels, the base level fixed at 0.</summary>
/// <remarks>
/// With L levels in order and the base at place r, step i leads from level i to level i + 1, so b_k = δ_r + … + δ_(k−1) above the
/// base and b_k = −(δ_k + … + δ_(r−1)) below it. A fused lasso is then a lasso of steps, and a monotone rule a bound of them.
/// Step i is kept where its outer level's coefficient was: both have L − 1 entries.
/// </remarks>
sealed class StepBasis
{
    readonly int[] places;
    readonly int basePlace;

    /// <param name="places">Coordinate of each level, in order; −1 for the base level. Shape (L).</param>
    internal StepBasis(int[] places) => (this.places, basePlace) = (places, Array.IndexOf(places, -1));

    internal int StepCount => places.Length - 1;

    /// <summary>Coordinate of each level, in order.</summary>
    internal ReadOnlySpan<int> Places => places;

    /// <summary>Coordinate that holds step i.</summary>
    internal int CoordinateOf(int step) => places[step >= basePlace ? step + 1 : step];

    /// <summary>Steps to level coefficients, in place; shape (all coordinates).</summary>
    internal void ToCoefficients(Span<double> values)
    {
        for (var k = basePlace + 2; k < places.Length; k++)
            values[places[k]] += values[places[k - 1]];
        var below = 0.0;
        for (var k = basePlace - 1; k >= 0; k--)
        {
            below -= values[places[k]];
            values[places[k]] = below;
        }
    }

    /// <summary>Level coefficients to steps, in place; shape (all coordinates).</summary>
    internal void ToSteps(Span<double> values)
    {
        for (var k = places.Length - 1; k > basePlace + 1; k--)
            values[places[k]] -= values[places[k - 1]];
        for (var k = 0; k < basePlace; k++)
            values[places[k]] = (k + 1 < basePlace ? values[places[k + 1]] : 0) - values[places[k]];
    }

    /// <summary>Slopes by level coefficients to slopes by steps, in place: what each step moves is summed.</summary>
    /// <param name="values">Entry of coordinate j at j·<paramref name="stride"/>.</param>
    internal void SlopesToSteps(Span<double> values, int stride)
    {
        for (var k = places.Length - 2; k > basePlace; k--)
            values[places[k] * stride] += values[places[k + 1] * stride];
        var sum = 0.0;
        for (var k = 0; k < basePlace; k++)
        {
            sum -= values[places[k] * stride];
            values[places[k] * stride] = sum;
        }
    }
}
