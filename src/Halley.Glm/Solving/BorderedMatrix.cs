using Halley.Kernels;

namespace Halley.Glm;

/// <summary>A symmetric matrix over chosen columns whose part over one factor's levels is a diagonal.</summary>
sealed class BorderedMatrix
{
    readonly double[] diagonal;
    readonly double[] corner;

    /// <summary>In the layout: B is read from there.</summary>
    readonly double[] products;
    readonly int[] bases;
    readonly int[] strides;

    /// <summary>Place of each of the factor's columns in its block.</summary>
    readonly int[] within;

    /// <param name="products">In the layout; kept.</param>
    /// <param name="columns">Full columns, of which the elimination says which are the factor's.</param>
    internal BorderedMatrix(ProductLayout layout, double[] products, int[] columns, LevelElimination elimination)
    {
        this.products = products;
        (Own, Rest) = elimination.Split(columns);
        var (own, rest) = (Array.ConvertAll(Own, i => columns[i]), Array.ConvertAll(Rest, i => columns[i]));
        diagonal = layout.Diagonal(products, own);
        within = Array.ConvertAll(own, full => full - elimination.Start);
        (bases, strides) = layout.Between(elimination.Start, rest);
        corner = layout.Assemble(products, rest);
    }

    /// <summary>Positions of the factor's columns.</summary>
    internal int[] Own { get; }

    /// <summary>Positions of the other columns.</summary>
    internal int[] Rest { get; }

    /// <summary>Number of columns.</summary>
    internal int Size => Own.Length + Rest.Length;

    /// <summary>D, shape (own).</summary>
    internal ReadOnlySpan<double> Diagonal => diagonal;

    /// <summary>Row k of B, shape (rest).</summary>
    /// <param name="room">Where it is written, shape (rest).</param>
    internal ReadOnlySpan<double> BorderOf(int k, double[] room)
    {
        var own = within[k];
        for (var j = 0; j < room.Length; j++)
            room[j] = products[bases[j] + own * strides[j]];
        return room;
    }

    /// <summary>Row i of the matrix, shape (size).</summary>
    internal double[] Row(int i)
    {
        var row = new double[Size];
        var (k, q) = (Array.BinarySearch(Own, i), Rest.Length);
        if (k >= 0)
        {
            row[i] = diagonal[k];
            var border = BorderOf(k, new double[q]);
            for (var j = 0; j < q; j++)
                row[Rest[j]] = border[j];
            return row;
        }
        var r = Array.BinarySearch(Rest, i);
        for (var own = 0; own < Own.Length; own++)
            row[Own[own]] = products[bases[r] + within[own] * strides[r]];
        for (var j = 0; j < q; j++)
            row[Rest[j]] = corner[r * q + j];
        return row;
    }

    /// <summary>Solves for the factor's levels first.</summary>
    /// <param name="tolerance">Smallest share of a column's squared length that the factor and earlier columns leave.</param>
    internal BorderedFactor Factor(double tolerance)
    {
        var q = Rest.Length;
        var scale = new double[q];
        for (var i = 0; i < q; i++)
            scale[i] = corner[i * q + i];
        var inverse = Array.ConvertAll(diagonal, value => value > 0 ? 1 / value : 0);
        var complement = CornerWithout(k => inverse[k]);
        return new(this, inverse, PivotedCholesky.Factor(complement, q, tolerance, scale));
    }

    /// <summary>C − Σ weight(k)·B_k·B_k′ over the factor's columns; the lower triangle alone is right.</summary>
    internal double[] CornerWithout(Func<int, double> weight)
    {
        var (q, result) = (Rest.Length, (double[])corner.Clone());
        var room = new double[q];
        for (var k = 0; k < Own.Length; k++)
        {
            var row = BorderOf(k, room);
            var scale = weight(k);
            for (var i = 0; i < q && scale != 0; i++)
            {
                if (row[i] != 0)
                    Reduce.AddScaled(-scale * row[i], row[..(i + 1)], result.AsSpan(i * q, i + 1));
            }
        }
        return result;
    }
}
