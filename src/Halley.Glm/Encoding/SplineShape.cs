namespace Halley.Glm;

/// <summary>What a spline's columns are: knots, degree, and the combination of B-splines that makes each column.</summary>
/// <param name="Knots">All knots, outer ones included, never falling; B-splines are Knots.Length − Degree − 1.</param>
/// <param name="Map">Shape (B-splines × width), row by row.</param>
/// <param name="Low">Lower end of the range of the B-splines' use.</param>
/// <param name="High">Upper end.</param>
/// <param name="IsLinearOutside">Whether the columns go on straight outside that range; else they stay as at its end.</param>
sealed record SplineShape(double[] Knots, int Degree, double[] Map, double Low, double High, bool IsLinearOutside)
{
    /// <summary>Number of B-splines.</summary>
    internal int PieceCount => Knots.Length - Degree - 1;

    /// <summary>Number of columns.</summary>
    internal int Width => Map.Length / PieceCount;

    /// <summary>Each B-spline a column.</summary>
    internal static double[] IdentityMap(int count, int skip = 0)
    {
        var map = new double[count * (count - skip)];
        for (var j = 0; j < count - skip; j++)
            map[(j + skip) * (count - skip) + j] = 1;
        return map;
    }

    /// <summary>The B-splines that are not zero at x, shape (degree + 1).</summary>
    /// <returns>Index of the first of them.</returns>
    internal int Pieces(double x, Span<double> pieces)
    {
        var span = SpanOf(x);
        pieces[0] = 1;
        for (var order = 1; order <= Degree; order++)
            Raise(x, span, order, pieces);
        return span - Degree;
    }

    /// <summary>Columns, or one of their derivatives, at x inside the range. Shape (width).</summary>
    internal double[] Values(double x, int derivative)
    {
        var span = SpanOf(x);
        var values = new double[Width];
        Span<double> pieces = stackalloc double[Degree + 1];
        // Coefficients of each column's derivative: differences over distances of knots.
        for (var j = 0; j < Width; j++)
        {
            var own = new double[Degree + 1];
            for (var piece = 0; piece <= Degree; piece++)
                own[piece] = Map[(span - Degree + piece) * Width + j];
            for (var d = 1; d <= derivative; d++)
            {
                var degree = Degree - d + 1;
                for (var piece = 0; piece < degree; piece++)
                {
                    var start = span - degree + piece + 1;
                    own[piece] = degree * (own[piece + 1] - own[piece]) / (Knots[start + degree] - Knots[start]);
                }
            }
            pieces[0] = 1;
            for (var order = 1; order <= Degree - derivative; order++)
                Raise(x, span, order, pieces);
            for (var piece = 0; piece <= Degree - derivative; piece++)
                values[j] += pieces[piece] * own[piece];
        }
        return values;
    }

    /// <summary>From B-splines of one degree less to those of degree <paramref name="order"/>: de Boor, ch. X, (4).</summary>
    void Raise(double x, int span, int order, Span<double> pieces)
    {
        var saved = 0.0;
        for (var r = 0; r < order; r++)
        {
            var (right, left) = (Knots[span + r + 1], Knots[span + r + 1 - order]);
            var share = pieces[r] / (right - left);
            pieces[r] = saved + (right - x) * share;
            saved = (x - left) * share;
        }
        pieces[order] = saved;
    }

    /// <summary>Index of the last knot at or below x that has a piece to its right.</summary>
    int SpanOf(double x)
    {
        var (low, high) = (Degree, PieceCount - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = Knots[middle] <= x ? (middle, high) : (low, middle - 1);
        }
        while (low > Degree && Knots[low] == Knots[low + 1])
            low--;
        return low;
    }
}
