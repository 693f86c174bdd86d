using Halley.Kernels;

namespace Halley.Glm;

/// <summary>V·M·V where a factor's levels are solved for first: each entry is worked out when it is asked for.</summary>
/// <remarks>
/// With V = E + U·G·U′, E the levels' D⁻¹, G = S⁻¹ and U = [−D⁻¹·B; 1], it is
/// <code>
/// E·M·E + F·G·U′ + U·G·F′ + U·H·U′      F = E·M·U (zero outside the levels),  Q = U′·M·U,  H = G·Q·G
/// </code>
/// Between two levels that is their part of E·M·E, which is a diagonal for rows and sparse for clusters, and N_k·u_l + N_l·u_k with N = F·G + ½·U·H.
/// </remarks>
sealed class BorderedSandwich
{
    readonly BorderedCovariance model;
    readonly BorderedMeat meat;
    readonly double scale;
    readonly int q;

    /// <summary>N, shape (own × rest).</summary>
    readonly double[] half;

    /// <summary>F·G + U·H in declared columns, shape (own × rest).</summary>
    readonly double[] declaredMixed;

    /// <summary>H in declared columns, shape (columns in order that are not the factor's)².</summary>
    readonly double[] declaredRest;

    /// <param name="scale">Times everything.</param>
    internal BorderedSandwich(BorderedCovariance model, BorderedMeat meat, double scale)
    {
        (this.model, this.meat, this.scale, q) = (model, meat, scale, model.RestCount);
        var inner = DenseProduct.Around(model.RestInverse, meat.Inner, q);
        half = new double[meat.Outer.Length];
        var mixed = new double[half.Length];
        var (u, room) = (new double[q], new double[q]);
        for (var k = 0; k < half.Length / q; k++)
        {
            var own = half.AsSpan(k * q, q);
            var whole = mixed.AsSpan(k * q, q);
            model.FillLevel(k, u, room);
            for (var r = 0; r < q; r++)
            {
                Reduce.AddScaled(meat.Outer[k * q + r], model.RestInverse.AsSpan(r * q, q), own);
                Reduce.AddScaled(u[r], inner.AsSpan(r * q, q), whole);
            }
            for (var r = 0; r < q; r++)
                (own[r], whole[r]) = (own[r] + 0.5 * whole[r], own[r] + whole[r]);
        }
        declaredMixed = model.Declared(mixed);
        declaredRest = model.DeclaredOfRest(inner);
    }

    /// <summary>Covariance of two declared columns in order, NaN where there is no estimate.</summary>
    internal double At(int i, int j)
    {
        if (!model.HasEstimate(i) || !model.HasEstimate(j))
            return double.NaN;
        return scale
            * (model.PlaceOf(i), model.PlaceOf(j)) switch
            {
                (>= 0 and var k, >= 0 and var l) => OfLevels(k, l),
                (>= 0 and var k, var r) => declaredMixed[k * q + ~r],
                (var r, >= 0 and var k) => declaredMixed[k * q + ~r],
                _ => declaredRest[model.PlaceInRest(i, j)],
            };
    }

    double OfLevels(int k, int l)
    {
        // One order of the two: the matrix is symmetric to the bit.
        (k, l) = (Math.Min(k, l), Math.Max(k, l));
        var (one, other, room) = (new double[q], new double[q], new double[q]);
        model.FillLevel(k, one, room);
        model.FillLevel(l, other, room);
        return meat.OfLevels(k, l) + Reduce.Dot(half.AsSpan(k * q, q), other) + Reduce.Dot(half.AsSpan(l * q, q), one);
    }
}
