using Halley.Kernels;

namespace Halley.Glm;

/// <summary>The inner matrix M of <see cref="BorderedSandwich"/>, in the parts that it needs.</summary>
/// <param name="outer">F = E·M·U over the factor's levels, shape (own × rest).</param>
/// <param name="inner">Q = U′·M·U, shape (rest × rest).</param>
abstract class BorderedMeat(double[] outer, double[] inner)
{
    internal double[] Outer => outer;

    internal double[] Inner => inner;

    /// <summary>Entry of E·M·E of two levels, the first not after the second.</summary>
    internal abstract double OfLevels(int k, int l);

    /// <summary>Of single rows: M is a diagonal over the levels.</summary>
    internal static BorderedMeat OfRows(BorderedCovariance model, BorderedMatrix meat)
    {
        var q = model.RestCount;
        var (outer, inner) = (new double[meat.Own.Length * q], meat.CornerWithout(_ => 0));
        var (diagonal, u, room) = (new double[meat.Own.Length], new double[q], new double[q]);
        for (var i = 0; i < q; i++)
        {
            for (var j = 0; j < i; j++)
                inner[j * q + i] = inner[i * q + j];
        }
        for (var k = 0; k < diagonal.Length; k++)
        {
            // u = −B/D, so that F = (b + m·u)/D and Q gains m·u·u′ + u·b′ + b·u′, b and m the level's part of M.
            var own = outer.AsSpan(k * q, q);
            var inverse = model.DiagonalInverse(k);
            model.FillLevel(k, u, room);
            var border = meat.BorderOf(k, room);
            var m = meat.Diagonal[k];
            diagonal[k] = m * inverse * inverse;
            for (var r = 0; r < q; r++)
                own[r] = inverse * (border[r] + m * u[r]);
            for (var r = 0; r < q; r++)
            {
                if (u[r] == 0 && border[r] == 0)
                    continue;
                var row = inner.AsSpan(r * q, q);
                Reduce.AddScaled(u[r], border, row);
                Reduce.AddScaled(border[r] + m * u[r], u, row);
            }
        }
        return new ByRow(outer, inner, diagonal);
    }

    sealed class ByRow(double[] outer, double[] inner, double[] diagonal) : BorderedMeat(outer, inner)
    {
        internal override double OfLevels(int k, int l) => k == l ? diagonal[k] : 0;
    }
}
