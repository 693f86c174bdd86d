using Halley.Kernels;

namespace Halley.Glm;

/// <summary>A <see cref="BorderedMatrix"/> solved for its factor's levels first: D⁻¹, and the Cholesky factor of what they leave of the rest.</summary>
/// <param name="matrix">The matrix.</param>
/// <param name="inverse">D⁻¹, 0 where a level has no sum; shape (own).</param>
/// <param name="complement">Of S = C − B′·D⁻¹·B.</param>
sealed class BorderedFactor(BorderedMatrix matrix, double[] inverse, PivotedCholesky complement)
{
    /// <summary>D⁻¹, shape (own).</summary>
    internal ReadOnlySpan<double> DiagonalInverse => inverse;

    /// <summary>S⁻¹ over the rows that are left, 0 in dropped ones; shape (rest × rest).</summary>
    internal double[] ComplementInverse() => complement.Inverse();

    /// <summary>Whether a column of the rest is explained by the factor and columns before it, shape (rest).</summary>
    internal bool[] DroppedOfRest => complement.Dropped;

    /// <summary>Columns without a sum of their own, or that others explain; shape (size).</summary>
    internal bool[] Dropped()
    {
        var dropped = new bool[matrix.Size];
        for (var k = 0; k < matrix.Own.Length; k++)
            dropped[matrix.Own[k]] = inverse[k] == 0;
        for (var i = 0; i < matrix.Rest.Length; i++)
            dropped[matrix.Rest[i]] = complement.Dropped[i];
        return dropped;
    }

    /// <summary>Share of a column's squared length that the factor and columns before it leave; 1 for the factor's own. Shape (size).</summary>
    internal double[] Remainders()
    {
        var remainders = new double[matrix.Size];
        Array.Fill(remainders, 1);
        for (var i = 0; i < matrix.Rest.Length; i++)
            remainders[matrix.Rest[i]] = complement.RemainderOf(i);
        return remainders;
    }

    /// <summary>x with A·x = b over the columns that are left; 0 for dropped ones. Shape (size).</summary>
    internal double[] Solve(ReadOnlySpan<double> b)
    {
        var (own, rest, x) = (matrix.Own, matrix.Rest, new double[matrix.Size]);
        var (left, room) = (new double[rest.Length], new double[rest.Length]);
        for (var i = 0; i < rest.Length; i++)
            left[i] = b[rest[i]];
        for (var k = 0; k < own.Length; k++)
            Reduce.AddScaled(-inverse[k] * b[own[k]], matrix.BorderOf(k, room), left);
        var solved = complement.Solve(left);
        for (var i = 0; i < rest.Length; i++)
            x[rest[i]] = solved[i];
        for (var k = 0; k < own.Length; k++)
            x[own[k]] = inverse[k] * (b[own[k]] - Reduce.Dot(matrix.BorderOf(k, room), solved));
        return x;
    }
}
